UPDATE "couriers" SET "isActive" = false WHERE "name" = 'night';
