import { column, required } from 'phaseproof'
import { shopScenario } from '../shop.ts'

/** Nothing leads back from capitals to the names as they were written, but the backup that was taken before. */
export default shopScenario({
  folder: 'healthy-restored',
  title: 'A phase that only a backup undoes, and a backup that does',
  backup: { dump: ['node', '../shop-backup/dump.mjs'], restore: ['node', '../shop-backup/restore.mjs'] },
  phases: [
    {
      migrations: ['20260112090000_capitals'],
      changes: ['customers'],
      rewrites: [{ column: 'customers.name', rows: 40, how: 'upper("name")' }],
      irreversible: 'how a name was written before is not known any more.',
      expect: [column('customers', 'name', required('text'))],
    },
  ],
})
