import type { Recovery, RehearsedStop } from '../../model/rehearsal.ts'
import type { ToolWords } from '../../model/tool.ts'

/**
 * A recovery as commands for a shell, in the words of the tool.
 * @param rollback path of the script that undoes the phase
 */
export function toCommands(
  recovery: Recovery,
  { migration, file, restLine = 1 }: Pick<RehearsedStop, 'migration' | 'file' | 'restLine'>,
  { deploy, resolveApplied, resolveRolledBack }: ToolWords,
  rollback: string | null,
): readonly string[] {
  const script = `psql -v ON_ERROR_STOP=1 -f ${rollback ?? 'rollback.sql'}`
  const rolledBack = resolveRolledBack.replace('<name>', migration)
  const applied = resolveApplied.replace('<name>', migration)
  const first: Readonly<Record<Recovery, readonly string[]>> = {
    'rolled-back': [rolledBack],
    applied: [applied],
    rollback: [script],
    'rollback-rolled-back': [script, rolledBack],
    finish: [`tail -n +${restLine} ${file} | psql -v ON_ERROR_STOP=1`, applied],
  }
  return [...first[recovery], deploy]
}
