import { expect, inject, it, onTestFinished } from 'vitest'
import { describeFinding } from '../../proof/describe-finding.ts'
import { proveAll } from '../../testing/prove-all.ts'
import { makeShopProject } from '../../testing/shop-project.ts'
import { proposePlan } from './propose-plan.ts'
import '../../vitest/provided.ts'

/** A history as Prisma writes it, in which each later file depends on an earlier one in another way. */
const files = {
  '20260101000000_init': `
    CREATE TYPE "OrderState" AS ENUM ('OPEN', 'PAID');
    CREATE TYPE "Role" AS ENUM ('USER', 'ADMIN', 'GUEST');
    CREATE TABLE "User" ("id" TEXT NOT NULL, "role" "Role" NOT NULL DEFAULT 'USER', "legacyName" TEXT, CONSTRAINT "User_pkey" PRIMARY KEY ("id"));
    CREATE TABLE "Order" ("id" SERIAL NOT NULL, "state" "OrderState" NOT NULL, "userId" TEXT NOT NULL, "note" TEXT, CONSTRAINT "Order_pkey" PRIMARY KEY ("id"));
    CREATE INDEX "Order_note_idx" ON "Order"("note");
    ALTER TABLE "Order" ADD CONSTRAINT "Order_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;`,
  '20260102000000_order_total': `ALTER TABLE "Order" ADD COLUMN "total" INTEGER NOT NULL DEFAULT 0;`,
  '20260103000000_archived': `ALTER TYPE "OrderState" ADD VALUE 'ARCHIVED';`,
  '20260104000000_archive': `UPDATE "Order" SET "state" = 'ARCHIVED' WHERE "total" < 0; ALTER TABLE "Order" ALTER COLUMN "state" SET DEFAULT 'ARCHIVED';`,
  '20260105000000_clean': `DROP INDEX "Order_note_idx"; ALTER TABLE "Order" DROP COLUMN "note"; ALTER TABLE "User" DROP COLUMN "legacyName";`,
  '20260106000000_user_key': `ALTER TABLE "Order" DROP CONSTRAINT "Order_userId_fkey"; ALTER TABLE "Order" ADD CONSTRAINT "Order_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;`,
  '20260107000000_roles': `
    BEGIN;
    CREATE TYPE "Role_new" AS ENUM ('USER', 'ADMIN');
    ALTER TABLE "User" ALTER COLUMN "role" DROP DEFAULT;
    ALTER TABLE "User" ALTER COLUMN "role" TYPE "Role_new" USING ("role"::text::"Role_new");
    ALTER TYPE "Role" RENAME TO "Role_old";
    ALTER TYPE "Role_new" RENAME TO "Role";
    DROP TYPE "Role_old";
    ALTER TABLE "User" ALTER COLUMN "role" SET DEFAULT 'USER';
    COMMIT;`,
  '20260108000000_tags': `
    CREATE TABLE "Tag" ("id" SERIAL NOT NULL, "name" TEXT NOT NULL, CONSTRAINT "Tag_pkey" PRIMARY KEY ("id"));
    CREATE TABLE "_OrderToTag" ("A" INTEGER NOT NULL, "B" INTEGER NOT NULL, CONSTRAINT "_OrderToTag_AB_pkey" PRIMARY KEY ("A","B"));
    CREATE INDEX "_OrderToTag_B_index" ON "_OrderToTag"("B");
    ALTER TABLE "_OrderToTag" ADD CONSTRAINT "_OrderToTag_A_fkey" FOREIGN KEY ("A") REFERENCES "Order"("id") ON DELETE CASCADE ON UPDATE CASCADE;`,
}

it('proposes phases that apply, whose changes and drops are all that their migrations do', async () => {
  const project = makeShopProject()
  onTestFinished(() => project.remove())
  for (const [name, sql] of Object.entries(files)) project.write(`migrations/shop/${name}/migration.sql`, sql)
  const common = {
    snapshot: null,
    migrations: 'migrations/shop',
    tool: { name: 'prisma', version: '7.10.0' },
  }
  const about = { title: 'Shop', goal: 'shop', estimateMinutes: 1 }
  const probe = { kind: 'probe', title: 'it answers', sql: 'SELECT 1', outcome: 'accepted' }
  const write = (name: string, phases: readonly object[]) => {
    const scenario = { name, title: 'Shop', ...common, phases }
    project.write(`scenarios/${name}/scenario.ts`, `export default ${JSON.stringify(scenario)}\n`)
  }
  const pending = { id: 1, name: '01-pending', risk: 'low', dependsOn: [], takesPending: true }
  write('pending', [{ ...pending, ...about, migrations: [], changes: ['*'], expect: [probe] }])
  const proposed = await proposePlan('pending', project.root)
  expect(proposed.length).toBeGreaterThan(2)
  write(
    'proposed',
    proposed.map((phase) => ({ ...about, ...phase, expect: [probe] })),
  )
  const proving = proveAll(project.root, ['proposed'], inject('postgresAddress'), [])
  onTestFinished(() => proving.stop())
  const { phases, undecided } = await proving.proofOf('proposed')
  const findings = phases.flatMap((result) => (result.outcome === 'failed' ? result.findings : []))
  // What a person has to state of named tables is left to them.
  const unstated = findings.filter(({ kind }) => kind !== 'unexpected-change')
  expect(unstated.map((finding) => describeFinding(finding).join('\n')).join('\n\n')).toBe('')
  expect(undecided).toBeUndefined()
  expect(phases.filter(({ outcome }) => outcome === 'not-run')).toEqual([])
})
