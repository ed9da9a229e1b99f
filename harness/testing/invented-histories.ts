/** A repository as somebody might have it: files by path, and an index that its history makes. */
export interface InventedHistory {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  /** Version that is installed; null for the one of this repository, whose configuration file needs the package itself. */
  readonly prisma: string | null
  /** Statement of a migration without which the database differs from the schema, and the words that must name it. */
  readonly omission: { readonly statement: string; readonly says: string }
}

/** Migrations in the order of their days. */
class History {
  readonly migrations: [name: string, sql: string][] = []
  add(name: string, ...sql: string[]): void {
    const day = new Date(Date.UTC(2024, 0, 1 + this.migrations.length * 3, 9, 15))
    const stamp = day.toISOString().replaceAll(/\D/g, '').slice(0, 14)
    this.migrations.push([`${stamp}_${name}`, `${sql.join('\n\n')}\n`])
  }
  toFiles(folder: string): Record<string, string> {
    return {
      [`${folder}/migration_lock.toml`]: 'provider = "postgresql"\n',
      ...Object.fromEntries(this.migrations.map(([name, sql]) => [`${folder}/${name}/migration.sql`, sql])),
    }
  }
}

const WORDS = [
  'Branch',
  'Clinic',
  'Depot',
  'Event',
  'Folder',
  'Garden',
  'Hotel',
  'Invoice',
  'Journey',
  'Kiosk',
  'Letter',
]

/** One schema file, names mapped, enums that grew, lists, an implicit relation, raw SQL that no schema file can say. */
export function inventShop(): InventedHistory {
  const history = new History()
  const models: string[] = []
  history.add(
    'init',
    `-- CreateEnum\nCREATE TYPE "OrderState" AS ENUM ('OPEN', 'PAID', 'SENT');`,
    `-- CreateTable\nCREATE TABLE "users" (\n    "id" SERIAL NOT NULL,\n    "email" TEXT NOT NULL,\n    "display_name" VARCHAR(80),\n    "created_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,\n\n    CONSTRAINT "users_pkey" PRIMARY KEY ("id")\n);`,
    `-- CreateTable\nCREATE TABLE "orders" (\n    "id" TEXT NOT NULL,\n    "state" "OrderState" NOT NULL DEFAULT 'OPEN',\n    "user_id" INTEGER NOT NULL,\n    "tags" TEXT[],\n    "total" DECIMAL(10,2) NOT NULL,\n\n    CONSTRAINT "orders_pkey" PRIMARY KEY ("id")\n);`,
    `-- CreateIndex\nCREATE UNIQUE INDEX "users_email_key" ON "users"("email");`,
    `-- AddForeignKey\nALTER TABLE "orders" ADD CONSTRAINT "orders_user_id_fkey" FOREIGN KEY ("user_id") REFERENCES "users"("id") ON DELETE RESTRICT ON UPDATE CASCADE;`,
  )
  for (const word of WORDS) {
    const table = `${word.toLowerCase()}s`
    history.add(
      `add_${table}`,
      `-- CreateTable\nCREATE TABLE "${table}" (\n    "id" SERIAL NOT NULL,\n    "title" TEXT NOT NULL,\n    "owner_id" INTEGER,\n\n    CONSTRAINT "${table}_pkey" PRIMARY KEY ("id")\n);`,
      `-- AddForeignKey\nALTER TABLE "${table}" ADD CONSTRAINT "${table}_owner_id_fkey" FOREIGN KEY ("owner_id") REFERENCES "users"("id") ON DELETE SET NULL ON UPDATE CASCADE;`,
    )
    history.add(
      `${table}_details`,
      `-- AlterTable\nALTER TABLE "${table}" ADD COLUMN     "details" JSONB NOT NULL DEFAULT '{}',\nADD COLUMN     "labels" TEXT[] DEFAULT ARRAY[]::TEXT[],\nADD COLUMN     "rank" INTEGER;`,
    )
    history.add(
      `${table}_index`,
      `-- CreateIndex\nCREATE INDEX "${table}_owner_id_rank_idx" ON "${table}"("owner_id", "rank" DESC);`,
    )
    models.push(`model ${word} {
  id      Int      @id @default(autoincrement())
  title   String
  ownerId Int?     @map("owner_id")
  owner   User?    @relation(fields: [ownerId], references: [id])
  details Json     @default("{}")
  labels  String[] @default([])
  rank    Int?

  @@index([ownerId, rank(sort: Desc)])
  @@map("${table}")
}`)
  }
  history.add('state_returned', `-- AlterEnum\nALTER TYPE "OrderState" ADD VALUE 'RETURNED' BEFORE 'PAID';`)
  history.add(
    'state_lost',
    `-- AlterEnum\n-- This migration adds more than one value to an enum.\nALTER TYPE "OrderState" ADD VALUE 'LOST';\nALTER TYPE "OrderState" ADD VALUE 'FOUND';`,
  )
  history.add(
    'categories',
    `-- CreateTable\nCREATE TABLE "Category" (\n    "id" SERIAL NOT NULL,\n    "name" TEXT NOT NULL,\n    "parentId" INTEGER,\n\n    CONSTRAINT "Category_pkey" PRIMARY KEY ("id")\n);`,
    `-- CreateTable\nCREATE TABLE "_CategoryToOrder" (\n    "A" INTEGER NOT NULL,\n    "B" TEXT NOT NULL\n);`,
    `-- CreateIndex\nCREATE UNIQUE INDEX "_CategoryToOrder_AB_unique" ON "_CategoryToOrder"("A", "B");`,
    `-- CreateIndex\nCREATE INDEX "_CategoryToOrder_B_index" ON "_CategoryToOrder"("B");`,
    `-- AddForeignKey\nALTER TABLE "Category" ADD CONSTRAINT "Category_parentId_fkey" FOREIGN KEY ("parentId") REFERENCES "Category"("id") ON DELETE SET NULL ON UPDATE CASCADE;`,
    `-- AddForeignKey\nALTER TABLE "_CategoryToOrder" ADD CONSTRAINT "_CategoryToOrder_A_fkey" FOREIGN KEY ("A") REFERENCES "Category"("id") ON DELETE CASCADE ON UPDATE CASCADE;`,
    `-- AddForeignKey\nALTER TABLE "_CategoryToOrder" ADD CONSTRAINT "_CategoryToOrder_B_fkey" FOREIGN KEY ("B") REFERENCES "orders"("id") ON DELETE CASCADE ON UPDATE CASCADE;`,
  )
  history.add(
    'one_open_order',
    `CREATE UNIQUE INDEX "orders_one_open" ON "orders"("user_id") WHERE "state" = 'OPEN';`,
  )
  history.add(
    'total_positive',
    `ALTER TABLE "orders" ADD CONSTRAINT "orders_total_check" CHECK ("total" >= 0);`,
  )
  history.add('email_lower', `CREATE INDEX "users_email_lower" ON "users" (lower("email"));`)
  history.add(
    'touch',
    `ALTER TABLE "users" ADD COLUMN "updated_at" TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP;`,
    `CREATE OR REPLACE FUNCTION touch() RETURNS trigger AS $$\nBEGIN\n  NEW."updated_at" := now();\n  RETURN NEW;\nEND;\n$$ LANGUAGE plpgsql;`,
    `CREATE TRIGGER users_touch BEFORE UPDATE ON "users" FOR EACH ROW EXECUTE FUNCTION touch();`,
  )
  history.add(
    'totals',
    `CREATE VIEW "totals" AS SELECT "user_id", sum("total") AS "sum" FROM "orders" GROUP BY "user_id";`,
  )
  const schema = `generator client {
  provider = "prisma-client-js"
}

datasource db {
  provider  = "postgresql"
  url       = env("DATABASE_URL")
  directUrl = env("DIRECT_URL")
}

enum OrderState {
  OPEN
  PAID
  SENT
  RETURNED
  LOST
  FOUND
}

model User {
  id          Int      @id @default(autoincrement())
  email       String   @unique
  displayName String?  @map("display_name") @db.VarChar(80)
  createdAt   DateTime @default(now()) @map("created_at")
  updatedAt   DateTime @default(now()) @updatedAt @map("updated_at")
  orders      Order[]
${WORDS.map((word) => `  ${word.toLowerCase()}s ${word}[]`).join('\n')}

  @@map("users")
}

model Order {
  id         String     @id @default(cuid())
  state      OrderState @default(OPEN)
  userId     Int        @map("user_id")
  user       User       @relation(fields: [userId], references: [id])
  tags       String[]
  total      Decimal    @db.Decimal(10, 2)
  categories Category[]

  @@map("orders")
}

model Category {
  id       Int        @id @default(autoincrement())
  name     String
  parentId Int?
  parent   Category?  @relation("tree", fields: [parentId], references: [id])
  children Category[] @relation("tree")
  orders   Order[]
}

${models.join('\n\n')}
`
  return {
    name: 'shop',
    prisma: '5.22.0',
    files: {
      'package.json': '{ "private": true, "devDependencies": { "prisma": "5.22.0" } }\n',
      'prisma/schema.prisma': schema,
      ...history.toFiles('prisma/migrations'),
    },
    omission: {
      statement: 'CREATE INDEX "hotels_owner_id_rank_idx" ON "hotels"("owner_id", "rank" DESC);',
      says: 'hotels_owner_id_rank_idx',
    },
  }
}

/** A folder of schema files, two namespaces, extensions named in the schema, text that ignores case, mapped constraint names. */
export function inventForum(): InventedHistory {
  const history = new History()
  const models: string[] = []
  history.add(
    'init',
    `-- CreateSchema\nCREATE SCHEMA IF NOT EXISTS "auth";`,
    `-- CreateExtension\nCREATE EXTENSION IF NOT EXISTS "citext";`,
    `-- CreateExtension\nCREATE EXTENSION IF NOT EXISTS "pgcrypto";`,
    `-- CreateEnum\nCREATE TYPE "auth"."Role" AS ENUM ('reader', 'writer', 'owner');`,
    `-- CreateTable\nCREATE TABLE "auth"."accounts" (\n    "id" UUID NOT NULL DEFAULT gen_random_uuid(),\n    "email" CITEXT NOT NULL,\n    "role" "auth"."Role" NOT NULL DEFAULT 'reader',\n    "secret" BYTEA,\n    "seen" TIMESTAMPTZ(6),\n\n    CONSTRAINT "accounts_pkey" PRIMARY KEY ("id")\n);`,
    `-- CreateIndex\nCREATE UNIQUE INDEX "accounts_email_unique" ON "auth"."accounts"("email");`,
  )
  for (const word of WORDS) {
    const table = word.toLowerCase()
    history.add(
      table,
      `-- CreateTable\nCREATE TABLE "public"."${table}" (\n    "id" BIGSERIAL NOT NULL,\n    "author" UUID NOT NULL,\n    "slug" CITEXT NOT NULL,\n    "weight" DOUBLE PRECISION NOT NULL DEFAULT 0.5,\n\n    CONSTRAINT "pk_${table}" PRIMARY KEY ("id")\n);`,
    )
    history.add(
      `${table}_author`,
      `-- AddForeignKey\nALTER TABLE "public"."${table}" ADD CONSTRAINT "fk_${table}_author" FOREIGN KEY ("author") REFERENCES "auth"."accounts"("id") ON DELETE CASCADE ON UPDATE NO ACTION;`,
    )
    history.add(
      `${table}_slug`,
      `-- CreateIndex\nCREATE UNIQUE INDEX "${table}_author_slug_key" ON "public"."${table}"("author", "slug");`,
      `-- CreateIndex\nCREATE INDEX "${table}_weight_idx" ON "public"."${table}" USING BRIN ("weight");`,
    )
    models.push(`model ${word} {
  id      BigInt  @id(map: "pk_${table}") @default(autoincrement())
  author  String  @db.Uuid
  account Account @relation(fields: [author], references: [id], onDelete: Cascade, onUpdate: NoAction, map: "fk_${table}_author")
  slug    String  @db.Citext
  weight  Float   @default(0.5)

  @@unique([author, slug])
  @@index([weight], type: Brin)
  @@map("${table}")
  @@schema("public")
}`)
  }
  history.add(
    'role_guest',
    `-- AlterEnum\nBEGIN;\nCREATE TYPE "auth"."Role_new" AS ENUM ('reader', 'owner', 'guest');\nALTER TABLE "auth"."accounts" ALTER COLUMN "role" DROP DEFAULT;\nALTER TABLE "auth"."accounts" ALTER COLUMN "role" TYPE "auth"."Role_new" USING ("role"::text::"auth"."Role_new");\nALTER TYPE "auth"."Role" RENAME TO "Role_old";\nALTER TYPE "auth"."Role_new" RENAME TO "Role";\nDROP TYPE "auth"."Role_old";\nALTER TABLE "auth"."accounts" ALTER COLUMN "role" SET DEFAULT 'reader';\nCOMMIT;`,
  )
  history.add(
    'names',
    `-- AlterTable\nALTER TABLE "auth"."accounts" ADD COLUMN "nick" VARCHAR(30), ADD COLUMN "old_nick" TEXT;`,
  )
  history.add('old_nick', `-- AlterTable\nALTER TABLE "auth"."accounts" DROP COLUMN "old_nick";`)
  history.add(
    'rename_key',
    `ALTER TABLE "auth"."accounts" RENAME CONSTRAINT "accounts_pkey" TO "pk_accounts";`,
  )
  history.add(
    'search',
    `CREATE INDEX "depot_search" ON "public"."depot" USING GIN (to_tsvector('simple', "slug"::text));`,
  )
  history.add(
    'rows',
    `ALTER TABLE "auth"."accounts" ENABLE ROW LEVEL SECURITY;\nCREATE POLICY "own" ON "auth"."accounts" USING (true);`,
  )
  history.add(
    'stats',
    `CREATE MATERIALIZED VIEW "public"."stats" AS SELECT "author", count(*) AS "n" FROM "public"."letter" GROUP BY "author";`,
  )
  const base = `generator client {
  provider        = "prisma-client-js"
  previewFeatures = ["postgresqlExtensions", "multiSchema", "prismaSchemaFolder"]
}

datasource db {
  provider   = "postgresql"
  url        = env("POSTGRES_URL")
  schemas    = ["auth", "public"]
  extensions = [citext, pgcrypto]
}
`
  const auth = `enum Role {
  reader
  owner
  guest

  @@schema("auth")
}

model Account {
  id     String    @id(map: "pk_accounts") @default(dbgenerated("gen_random_uuid()")) @db.Uuid
  email  String    @unique(map: "accounts_email_unique") @db.Citext
  role   Role      @default(reader)
  secret Bytes?
  seen   DateTime? @db.Timestamptz(6)
  nick   String?   @db.VarChar(30)
${WORDS.map((word) => `  ${word.toLowerCase()}s ${word}[]`).join('\n')}

  @@map("accounts")
  @@schema("auth")
}
`
  return {
    name: 'forum',
    prisma: '6.7.0',
    files: {
      'package.json': `{ "private": true, "devDependencies": { "prisma": "6.7.0" }, "prisma": { "schema": "prisma/schema" } }\n`,
      'prisma/schema/base.prisma': base,
      'prisma/schema/auth.prisma': auth,
      'prisma/schema/posts.prisma': `${models.join('\n\n')}\n`,
      ...history.toFiles('prisma/schema/migrations'),
    },
    omission: {
      statement: 'CREATE INDEX "kiosk_weight_idx" ON "public"."kiosk" USING BRIN ("weight");',
      says: 'kiosk_weight_idx',
    },
  }
}

/** Prisma 7: a configuration file instead of a url, compound keys, operator classes, columns of a type that Prisma does not know. */
export function inventFleet(): InventedHistory {
  const history = new History()
  const models: string[] = []
  history.add(
    'init',
    `CREATE EXTENSION IF NOT EXISTS pg_trgm;`,
    `CREATE TYPE "Fuel" AS ENUM ('diesel', 'power');`,
    `CREATE TABLE "Driver" (\n    "id" UUID NOT NULL,\n    "name" TEXT NOT NULL,\n    "born" DATE,\n    "wakes" TIME(0),\n    "code" CHAR(4) NOT NULL DEFAULT 'none',\n    "words" tsvector,\n\n    CONSTRAINT "Driver_pkey" PRIMARY KEY ("id")\n);`,
    `CREATE INDEX "Driver_name_idx" ON "Driver" USING GIN ("name" gin_trgm_ops);`,
  )
  for (const word of WORDS) {
    history.add(
      `create_${word.toLowerCase()}`,
      `CREATE TABLE "${word}" (\n    "plant" INTEGER NOT NULL,\n    "number" SMALLINT NOT NULL,\n    "fuel" "Fuel" NOT NULL DEFAULT 'diesel',\n    "driverId" UUID,\n    "meta" JSONB,\n    "ratio" DECIMAL(65,30) NOT NULL DEFAULT 1.5,\n\n    CONSTRAINT "${word}_pkey" PRIMARY KEY ("plant","number")\n);`,
      `ALTER TABLE "${word}" ADD CONSTRAINT "${word}_driverId_fkey" FOREIGN KEY ("driverId") REFERENCES "Driver"("id") ON DELETE SET NULL ON UPDATE CASCADE;`,
    )
    history.add(
      `widen_${word.toLowerCase()}`,
      `ALTER TABLE "${word}" ALTER COLUMN "number" SET DATA TYPE INTEGER;`,
    )
    history.add(
      `part_of_${word.toLowerCase()}`,
      `CREATE TABLE "${word}Part" (\n    "id" SERIAL NOT NULL,\n    "plant" INTEGER NOT NULL,\n    "number" INTEGER NOT NULL,\n    "active" BOOLEAN NOT NULL DEFAULT true,\n    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,\n\n    CONSTRAINT "${word}Part_pkey" PRIMARY KEY ("id")\n);`,
      `CREATE INDEX "${word}Part_plant_number_idx" ON "${word}Part"("plant", "number");`,
      `ALTER TABLE "${word}Part" ADD CONSTRAINT "${word}Part_plant_number_fkey" FOREIGN KEY ("plant", "number") REFERENCES "${word}"("plant", "number") ON DELETE RESTRICT ON UPDATE CASCADE;`,
    )
    models.push(`model ${word} {
  plant    Int
  number   Int
  fuel     Fuel    @default(diesel)
  driverId String? @db.Uuid
  driver   Driver? @relation(fields: [driverId], references: [id])
  meta     Json?
  ratio    Decimal @default(1.5)
  parts    ${word}Part[]

  @@id([plant, number])
}

model ${word}Part {
  id     Int      @id @default(autoincrement())
  plant  Int
  number Int
  of     ${word}  @relation(fields: [plant, number], references: [plant, number])
  active Boolean  @default(true)
  at     DateTime @default(now()) @db.Timestamptz(3)

  @@index([plant, number])
}`)
  }
  history.add('fuel_gas', `ALTER TYPE "Fuel" ADD VALUE 'gas' AFTER 'diesel';`)
  history.add('gas_default', `ALTER TABLE "Hotel" ALTER COLUMN "fuel" SET DEFAULT 'gas';`)
  history.add(
    'route',
    `CREATE TABLE "_DriverToRoute" (\n    "A" UUID NOT NULL,\n    "B" INTEGER NOT NULL,\n\n    CONSTRAINT "_DriverToRoute_AB_pkey" PRIMARY KEY ("A","B")\n);`,
    `CREATE TABLE "Route" (\n    "id" SERIAL NOT NULL,\n    "stops" INTEGER[],\n\n    CONSTRAINT "Route_pkey" PRIMARY KEY ("id")\n);`,
    `CREATE INDEX "_DriverToRoute_B_index" ON "_DriverToRoute"("B");`,
    `ALTER TABLE "_DriverToRoute" ADD CONSTRAINT "_DriverToRoute_A_fkey" FOREIGN KEY ("A") REFERENCES "Driver"("id") ON DELETE CASCADE ON UPDATE CASCADE;`,
    `ALTER TABLE "_DriverToRoute" ADD CONSTRAINT "_DriverToRoute_B_fkey" FOREIGN KEY ("B") REFERENCES "Route"("id") ON DELETE CASCADE ON UPDATE CASCADE;`,
  )
  history.add('stops', `CREATE INDEX "Route_stops_idx" ON "Route" USING GIN ("stops");`)
  history.add(
    'no_overlap',
    `ALTER TABLE "Event" ADD CONSTRAINT "Event_plant_check" CHECK ("plant" > 0) NOT VALID;\nALTER TABLE "Event" VALIDATE CONSTRAINT "Event_plant_check";`,
  )
  history.add('rename_part', `ALTER TABLE "KioskPart" RENAME COLUMN "active" TO "isActive";`)
  const parts = models
    .join('\n\n')
    .replace(/(model KioskPart \{[^}]*?)active Boolean/s, '$1isActive Boolean')
    .replace(/(model Hotel \{[^}]*?@default\()diesel/s, '$1gas')
  const schema = `generator client {
  provider = "prisma-client"
  output   = "../generated/client"
}

datasource db {
  provider = "postgresql"
}

enum Fuel {
  diesel
  gas
  power
}

model Driver {
  id     String                   @id @default(uuid(7)) @db.Uuid
  name   String
  born   DateTime?                @db.Date
  wakes  DateTime?                @db.Time(0)
  code   String                   @default("none") @db.Char(4)
  words  Unsupported("tsvector")?
  routes Route[]
${WORDS.map((word) => `  ${word.toLowerCase()}s ${word}[]`).join('\n')}

  @@index([name(ops: raw("gin_trgm_ops"))], type: Gin)
}

model Route {
  id      Int      @id @default(autoincrement())
  stops   Int[]
  drivers Driver[]

  @@index([stops], type: Gin)
}

${parts}
`
  return {
    name: 'fleet',
    prisma: null,
    files: {
      'package.json': '{ "private": true, "type": "module", "devDependencies": { "prisma": "7.3.0" } }\n',
      'prisma.config.ts': `import { defineConfig, env } from 'prisma/config'

export default defineConfig({
  schema: 'db/schema.prisma',
  migrations: { path: 'db/migrations' },
  datasource: { url: env('DATABASE_URL') },
})
`,
      'db/schema.prisma': schema,
      ...history.toFiles('db/migrations'),
    },
    omission: {
      statement: 'CREATE INDEX "EventPart_plant_number_idx" ON "EventPart"("plant", "number");',
      says: 'EventPart_plant_number_idx',
    },
  }
}
