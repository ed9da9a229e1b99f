CREATE OR REPLACE VIEW "coupon_codes" AS SELECT "code" FROM "coupons";
