CREATE ROLE shop_reports;
CREATE TABLE "daily_reports" ("day" DATE NOT NULL);
GRANT SELECT ON "daily_reports" TO shop_reports;
