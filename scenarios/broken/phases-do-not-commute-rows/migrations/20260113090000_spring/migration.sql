INSERT INTO "coupons" ("code") VALUES ('SPRING');
