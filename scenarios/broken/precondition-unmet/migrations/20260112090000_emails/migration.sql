CREATE UNIQUE INDEX "customers_email_caseless_key" ON "customers" (lower("email"));
