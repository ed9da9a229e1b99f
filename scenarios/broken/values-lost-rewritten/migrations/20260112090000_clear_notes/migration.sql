UPDATE "orders" SET "note" = NULL WHERE "state" = 'SHIPPED';
