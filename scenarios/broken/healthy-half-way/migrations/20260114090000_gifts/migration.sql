CREATE TABLE "gifts" ("id" INTEGER PRIMARY KEY, "code" TEXT NOT NULL);

CREATE UNIQUE INDEX "gifts_code_key" ON "gifts"("code");
