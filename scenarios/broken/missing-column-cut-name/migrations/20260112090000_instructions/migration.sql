ALTER TABLE "orders" ADD COLUMN "deliveryInstructionsThatTheCustomerWroteDownForTheDriverOfTheSecondVan" TEXT;
