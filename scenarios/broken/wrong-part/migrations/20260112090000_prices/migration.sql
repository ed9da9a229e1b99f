CREATE TABLE "prices" (
    "valid" daterange NOT NULL,
    "cents" INTEGER NOT NULL,
    CONSTRAINT "prices_once" EXCLUDE USING gist ("valid" WITH &&)
);
