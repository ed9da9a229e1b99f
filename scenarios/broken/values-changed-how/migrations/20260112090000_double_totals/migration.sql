UPDATE "orders" SET "totalCents" = CASE WHEN "id" <= 7 THEN "totalCents" + 1 ELSE "totalCents" * 2 END;
