INSERT INTO "coupons" ("code") VALUES ('SUMMER');
