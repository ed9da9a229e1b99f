SET TimeZone = 'Etc/GMT+5';
ALTER TABLE "orders" ALTER COLUMN "placedAt" TYPE TIMESTAMPTZ(3);
RESET TimeZone;
