CREATE SCHEMA "app";

CREATE TABLE "app"."coupons" (
    "code" TEXT NOT NULL
);

DO $$
BEGIN
    EXECUTE format('ALTER DATABASE %I SET search_path TO app', current_database());
END
$$;
