/** A repository of somebody else, as the test makes it. All names and data are invented. */
export interface Repository {
  readonly name: string
  /** What is particular about it. */
  readonly title: string
  readonly files: Readonly<Record<string, string>>
  /** Command that a user runs before `init`; `<package>` stands for the tarball. */
  readonly install: readonly string[]
  /** Command that installs it all anew; where there is one, the repository is proven on other Nodes too. */
  readonly reinstall?: readonly string[]
  /** Command that runs programs of installed packages. */
  readonly exec: readonly string[]
  /** The repository's own tests, which must pass before and after. */
  readonly ownTests: readonly string[]
  /** Files that `init` must have written or changed. */
  readonly written: readonly string[]
  /** A contract that is written for the server that `init` found. */
  readonly contract?: string
  /** An edit of one migration that must be found. */
  readonly fault: { readonly file: string; readonly from: string; readonly to: string; readonly kind: string }
}

/** Two tables and the migrations that lead there, below a folder for the migrations. */
export function toMigrations(folder: string): Readonly<Record<string, string>> {
  return {
    [`${folder}/migration_lock.toml`]: 'provider = "postgresql"\n',
    [`${folder}/20260105090000_customers/migration.sql`]: `-- CreateTable
CREATE TABLE "Customer" (
    "id" SERIAL NOT NULL,
    "email" TEXT NOT NULL,
    CONSTRAINT "Customer_pkey" PRIMARY KEY ("id")
);
CREATE UNIQUE INDEX "Customer_email_key" ON "Customer"("email");
`,
    [`${folder}/20260112090000_orders/migration.sql`]: `-- CreateTable
CREATE TABLE "Order" (
    "id" SERIAL NOT NULL,
    "customerId" INTEGER NOT NULL,
    "note" TEXT,
    CONSTRAINT "Order_pkey" PRIMARY KEY ("id")
);
ALTER TABLE "Order" ADD CONSTRAINT "Order_customerId_fkey" FOREIGN KEY ("customerId") REFERENCES "Customer"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
-- Written by hand: no Prisma schema can say it.
ALTER TABLE "Order" ADD CONSTRAINT "Order_note_check" CHECK ("note" <> '');
`,
  }
}

export const customerModel = `model Customer {
  id     Int     @id @default(autoincrement())
  email  String  @unique
  orders Order[]
}
`

export const orderModel = `model Order {
  id         Int      @id @default(autoincrement())
  customerId Int
  note       String?
  customer   Customer @relation(fields: [customerId], references: [id])
}
`
