CREATE TABLE "coupons" ("id" serial PRIMARY KEY);
