import type { DeniedRight, Finding, FindingKind, MaskedFailure } from '../model/finding.ts'
import type { MigrationFailure } from '../model/history.ts'
import type { WayOut } from '../model/history-audit.ts'
import type { Tie } from '../model/order.ts'
import { costProse } from './cost-prose.ts'
import type { FailureCause } from './failure-causes/cause-row.ts'
import { findFailureCause } from './failure-causes/find-failure-cause.ts'
import { NAME_BYTES, toKeptName } from './failure-causes/kept-name.ts'

type FindingOf<K extends FindingKind> = Extract<Finding, { kind: K }>

/** A finding in words: what is wrong, what was expected, what was found, what to do next. */
export interface Words {
  readonly says: string
  readonly expected?: string
  readonly found?: string
  /** What people most often did when Postgres answers so. */
  readonly cause?: string
  readonly next: string
  /** What a failure left behind. */
  readonly left?: readonly string[]
}

/** How a deploy was stopped, in words. */
const WAYS_TO_STOP = { killed: 'by the end of its session', failing: 'by a statement that fails' }

/** More lines than these of what a failure left do not help on a terminal; the proof has them all. */
const LEFT_LINES = 12
/** More names than these in one line do not help either. */
const NAMES_IN_LINE = 3

const prose: { readonly [K in FindingKind]: (finding: FindingOf<K>) => Words } = {
  'missing-table': ({ table }) => ({
    says: `table ${table} is missing`,
    expected: `table ${table} exists after this phase`,
    found: 'no such table',
    next: `Let a migration of this phase create ${table}, or move the expectation to the phase that does.`,
  }),
  'unexpected-table': ({ table }) => ({
    says: `table ${table} is there`,
    expected: `no table ${table} after this phase`,
    found: 'the table exists',
    next: 'A migration of a later phase may have come too early: look at what this phase applies.',
  }),
  'missing-column': ({ table, column, expected, skippedBy }) => ({
    says: `column ${table}.${column} is missing`,
    expected: expected,
    found: 'no such column',
    next: toNext(skippedBy, 'Add the column in this phase, or move the expectation to the phase that does.'),
  }),
  'unexpected-column': ({ table, columns }) => ({
    says: `${table} has columns nobody expects`,
    expected: 'only the listed columns',
    found: columns.join(', '),
    next: 'List them in the phase if they belong there; else find the migration that adds them.',
  }),
  'wrong-type': (finding) =>
    wrongColumn(finding, 'has another type', 'Change it in this phase with ALTER COLUMN … TYPE'),
  'wrong-nullability': (finding) =>
    wrongColumn(
      finding,
      'has another nullability',
      finding.expected === 'NOT NULL'
        ? 'SET NOT NULL in this phase, once every row has a value'
        : 'DROP NOT NULL in this phase',
    ),
  'wrong-default': (finding) =>
    wrongColumn(
      finding,
      'has another default',
      'SET or DROP DEFAULT at the end of this phase; a change of type or enum often drops one on its way',
    ),
  'missing-primary-key': (finding) => missing(finding, 'primary key'),
  'missing-unique': (finding) => missing(finding, 'unique rule over'),
  'missing-foreign-key': (finding) => missing(finding, 'foreign key'),
  'missing-check': (finding) => missing(finding, 'check constraint'),
  'missing-index': (finding) => missing(finding, ''),
  'wrong-foreign-key-action': ({ table, name, expected, found }) => ({
    says: `foreign key ${name} of ${table} has other actions`,
    expected,
    found,
    next: 'Drop and recreate the constraint with the right actions in this phase.',
  }),
  'wrong-index': ({ table, name, expected, found }) => ({
    says: `index ${name} of ${table} is another one than expected`,
    expected,
    found,
    next: 'Create the index that is meant in this phase, or state what this one is.',
  }),
  'wrong-constraint': ({ table, name, expected, found }) => ({
    says: `constraint ${name} of ${table} is held in another way`,
    expected,
    found,
    next: 'Drop and recreate the constraint as it is meant in this phase, or state it as it is.',
  }),
  'foreign-key-not-enforced': ({ table, name, disabledOn }) => ({
    says: `foreign key ${name} of ${table} is there, but Postgres does not enforce it`,
    expected: 'a foreign key whose triggers fire on both of its tables',
    found:
      disabledOn.length === 0
        ? 'it is declared NOT ENFORCED'
        : `its triggers are disabled on ${disabledOn.join(' and ')}`,
    next:
      disabledOn.length === 0
        ? 'ALTER TABLE … ALTER CONSTRAINT … ENFORCED in this phase.'
        : `${disabledOn.map((entry) => `ALTER TABLE ${entry} ENABLE TRIGGER ALL`).join('; ')} in this phase, then look for rows without a parent.`,
  }),
  'orphan-rows': ({ table, name, definition, rows, before }) => ({
    says: `${rows === 1 ? `1 row of ${table} refers` : `${rows} rows of ${table} refer`} to a row that is not there, under foreign key ${name}`,
    expected:
      before === null || before === 0
        ? 'no row without a parent'
        : `${before} rows without a parent, as before`,
    found: `${rows} without a parent: ${definition}`,
    next: 'Something wrote past the key (session_replication_role, disabled triggers): mend the rows, then let Postgres check them again by recreating the key.',
  }),
  'missing-part': (finding) => missing(finding, ''),
  'wrong-part': ({ table, name, expected, found }) => ({
    says: `${name} of ${table} is another one than expected`,
    expected,
    found,
    next: 'Recreate it as it is meant in this phase, or correct the expectation.',
  }),
  'unexpected-change': ({ table, changes }) => ({
    says: `${table} changed in a way that no expectation of this phase states`,
    expected: 'only what the phase states of the tables it names',
    found: changes.join('; '),
    next: `Find the statement that does it. If it is meant, state it in the phase, as column, key, check or index, or as${changes.map((change) => `\n            has('${table}', '${toPart(change)}')`).join(',')}`,
  }),
  'wrong-sequence': ({ name, expected, found }) => ({
    says: `sequence ${name} does not fit its column`,
    expected,
    found,
    next: 'ALTER SEQUENCE … AS, OWNED BY, or the default of the column in this phase; or state the sequence as it is.',
  }),
  'wrong-check': ({ table, name, expected, found }) => ({
    says: `CHECK ${name} of ${table} has another condition`,
    expected,
    found,
    next: 'Recreate the constraint with the right condition, or correct the expectation.',
  }),
  'invalid-index': ({ table, index, definition }) => ({
    says: `index ${index} of ${table} is not valid`,
    expected: 'a valid, ready index',
    found: definition,
    next: `Drop it and build it again: IF NOT EXISTS would keep the invalid one for good.`,
  }),
  'unvalidated-constraint': ({ table, constraint, definition }) => ({
    says: `constraint ${constraint} of ${table} was never validated`,
    expected: 'a validated constraint',
    found: definition,
    next: `ALTER TABLE … VALIDATE CONSTRAINT "${constraint}" in this phase: until then old rows may break it.`,
  }),
  'wrong-enum': ({ name, expected, found }) => ({
    says: found === null ? `enum ${name} is missing` : `enum ${name} has other values`,
    expected: expected.join(', '),
    found: found === null ? 'no such type' : found.join(', '),
    next: 'Compare the migration that makes the type with the expectation; the order of values counts.',
  }),
  'missing-sequence': ({ name }) => ({
    says: `sequence ${name} is missing`,
    expected: `sequence ${name} exists`,
    found: 'no such sequence',
    next: 'Let a migration of this phase create it, owned by its column.',
  }),
  'sequence-behind': ({ name, column, nextValue, maxValue, failure, applied = [], remains }) => ({
    says: failure
      ? `production's sequence ${name} stands at ${nextValue}, max(${column}) is ${maxValue}: ${failure.migration} collides`
      : `sequence ${name} is behind ${column}`,
    expected: `a next value above ${maxValue}`,
    found: `next value ${nextValue}${failure ? `; ${failureText(failure)}` : ''}`,
    ...(remains && { left: toLeft(applied, remains) }),
    next: failure
      ? `Set it past max(${column}) in production, or by setval at the beginning of ${failure.file}: every insert there fails likewise.`
      : `setval it past max(${column}) in the migration that wrote the rows, else the next insert collides.`,
  }),
  'probe-refused': ({ title, sqlstate, message, expected }) => ({
    says: `probe "${title}" was refused`,
    expected,
    found: `refused with ${sqlstate}: ${message}`,
    next: 'Run the probe on the kept database and see which constraint refuses it.',
  }),
  'probe-accepted': ({ title, expected }) => ({
    says: `probe "${title}" was accepted`,
    expected,
    found: 'accepted',
    next: 'The rule that should refuse it is missing or weaker than meant.',
  }),
  'precondition-unmet': ({ file, line, statement, counts, rows, refused, sql, masked }) => ({
    says: `production has ${toRows(rows)} in the way of ${file}:${line}: ${counts}`,
    expected: 'no row of production in the way of the statement',
    found: [
      rows === null
        ? `the condition itself fails on a row of production with ${refused}`
        : `${toRows(rows)} when the snapshot was captured`,
      `statement: ${statement}`,
      ...(masked.length === 0
        ? []
        : [`masked: ${masked.join(', ')}; the snapshot does not hold production's values`]),
      `asked: ${sql}`,
    ].join('\n            '),
    next: 'Mend these rows in a statement before this one, or loosen what it asks; then capture anew with --scenario, so that production is asked again.',
  }),
  'migration-failed': ({ failure, applied = [], remains, triedAfter, masked }) => {
    const cause = findFailureCause(failure)
    return {
      says: `${failure.migration || 'the history'} failed: ${toVisible(failure.message)}`,
      expected: 'every migration of the phase applies on this snapshot',
      found: [
        failureText(failure),
        ...(masked ? [`masked: ${masked.columns.join(', ')}; not production's value`] : []),
      ].join('\n            '),
      ...toCause(cause, triedAfter),
      left: toLeft(applied, remains),
      next: masked
        ? nextOfMasked(failure, masked)
        : (failure.remedy ?? cause?.next ?? `Mend ${failure.file || 'the history'} and run again.`),
    }
  },
  'dependency-missing': ({ failure, object, createdBy, applied = [], remains }) => ({
    says: `${failure.migration} needs ${object}, which only phase ${createdBy.phase} creates`,
    expected: `${object} exists before this phase`,
    found: failureText(failure),
    next: `Move ${createdBy.migration} before this phase, or this migration behind phase ${createdBy.phase}; then declare the dependency.`,
    left: toLeft(applied, remains),
  }),
  'migration-not-applied': ({ migration }) => ({
    says: `${migration} was not applied`,
    expected: 'newly applied in this phase',
    found: 'no row in the history',
    next: 'Look whether its folder name is the one the phase lists.',
  }),
  'session-changed': ({ migration, file, line, left, effect, remains }) => ({
    says: `${migration} leaves ${left}`,
    expected: 'a file leaves the session of its deploy as it was',
    found: `${effect} (left at ${file}${line === null ? '' : `:${line}`})`,
    ...(remains.length > 0 && { left: remains }),
    next: `${undoing(left)} in ${file}.`,
  }),
  'migration-not-finished': ({ migration, startedAt, rolledBackAt, remedy }) => ({
    says: `the history holds ${migration} without a finish`,
    expected: 'finished_at set, rolled_back_at empty',
    found: `started ${startedAt}, never finished${rolledBackAt === null ? '' : `, rolled back ${rolledBackAt}`}`,
    next: remedy,
  }),
  'migration-edited': ({ migration, file, recorded, found }) => ({
    says: `${migration} was edited after it was applied`,
    expected: `SHA-256 ${recorded} as recorded in the history`,
    found: `SHA-256 ${found} of ${file}`,
    next: 'Restore the file as it was applied and put the change into a migration of its own.',
  }),
  'migration-outside-phase': ({ migration, when }) => ({
    says: `${migration} was applied outside its phase`,
    expected: 'applied by the phase that names it, and by no other',
    found: when,
    next: 'If production has it already, list it under `recorded` of its phase; else find out who applied it.',
  }),
  'unfit-by-hand': ({ migration, recordedAt, run }) => ({
    says: `${migration} is recorded already, so no deploy runs it, and its file cannot be run by hand${run.lost.length > 0 ? ': it destroys what is there' : ''}`,
    expected: `the phase applies it; production recorded it at ${recordedAt}`,
    found: `run by hand on a clone, statement by statement, ${run.ran} of ${run.of} ran${run.lost.length > 0 ? `, and these went: ${run.lost.map(({ object, rows, place }) => `${object} (${rows} ${rows === 1 ? 'row' : 'rows'}) at ${place}`).join(', ')}` : ''}`,
    left: [
      ...run.absent.map((table) => `it removes ${table}, which is not there`),
      ...run.needs.map(
        ({ object, place, migration: creator, phase }) =>
          `${place} needs ${object}, which ${creator} of phase ${phase} creates`,
      ),
    ],
    next: 'Do not run the file. List it under `recorded` of the phase, and bring what production lacks in a migration of its own.',
  }),
  'claim-wrong': ({ claimed, tables }) => ({
    says: `the plan says that ${tables.length === 1 ? 'a table is' : `${tables.length} tables are`} ${claimed}, and ${tables.length === 1 ? 'it is' : 'they are'} not`,
    expected: `${tables.map(({ table }) => table).join(', ')}: ${claimed} before phase 1, as the scenario claims`,
    found:
      claimed === 'there'
        ? 'no such table'
        : tables
            .map(
              ({ table, rows, meant }) =>
                `${meant === undefined ? table : `${table}, which is called ${meant},`} has ${rows} ${rows === 1 ? 'row' : 'rows'}`,
            )
            .join('; '),
    next: 'Correct the plan first: what its phases do rests on it. Then correct `claims` of the scenario.',
  }),
  'migration-order': ({ expected, found, remedy }) => ({
    says: 'the migrations were applied in another order',
    expected: expected.join(', '),
    found: found.join(', '),
    next: remedy,
  }),
  'migration-not-recorded': ({ migration }) => ({
    says: `${migration} is not in production's history`,
    expected: 'recorded already, as the phase says',
    found: 'no row in the history',
    next: 'Move it from `recorded` to `migrations`, so that the phase applies it.',
  }),
  'recorded-without-effects': ({
    migration,
    recordedAs,
    absent,
    present,
    looked,
    neededBy,
    repairedBy,
    wayOut,
  }) => ({
    says:
      repairedBy !== null
        ? `after phase ${repairedBy}, ${migration} counts as applied, and what it makes is not there`
        : `${migration} is recorded, but ${present === 0 ? 'nothing' : `only ${present} of ${looked} parts`} of what it makes is there`,
    expected:
      repairedBy === null
        ? 'production has what its history says it has'
        : 'the phase repairs it, or has it recorded because all of it is there',
    found: [
      `missing: ${toList(absent)}`,
      ...(recordedAs === '' ? [] : [`the history: ${recordedAs}`]),
      ...neededBy.map(({ phase, place, object }) => `phase ${phase} needs ${object} at ${place}`),
    ].join('\n            '),
    next:
      repairedBy === null
        ? toWayOut(
            wayOut,
            `in the plan: repairs: ['${migration}'] in the phase that brings it, before what needs it; or untrue: { '${migration}': '…' } in the scenario, with the reason why production can do without`,
            `Bring what is missing in a migration of its own, before what needs it, and name the recorded one under \`repairs\` of that phase; or say under \`untrue\` of the scenario why production can do without. No deploy runs a recorded migration again.`,
          )
        : 'Bring what is missing in this phase. Else take the name from `resolve`, so that the migration is applied, or from `repairs`, and say under `untrue` of the scenario why production can do without.',
  }),
  'effects-there-already': ({
    migration,
    appliedBy,
    collisions,
    present,
    looked,
    absent,
    wayOut,
    resolve,
  }) => ({
    says: `phase ${appliedBy} cannot apply ${migration}: production has what it makes already`,
    expected: 'production lacks what its pending migrations make',
    found: [
      ...collisions,
      present === null
        ? 'how much of it is there could not be measured'
        : absent.length === 0
          ? `${looked === 1 ? 'its only effect is there as it makes it' : `all of its ${looked} effects are there as it makes them`}: somebody applied it by hand, and the history has no row of it`
          : `${present} of its ${looked} effects are there; missing: ${toList(absent)}`,
    ].join('\n            '),
    next: toWayOut(
      wayOut,
      `in the plan: resolve: { applied: ['${migration}'] } in phase ${appliedBy}, instead of the migration; an edit of its file would change its checksum wherever it ran already`,
      `Find out who made it, then remove it, so that the migration can run; or bring what is missing in a migration of its own and have this one recorded: ${resolve}. An edit of the file would change its checksum wherever it ran already.`,
    ),
  }),
  'history-row-impossible': ({ migration, faults, present, looked }) => ({
    says: `the history has a row of ${migration} that no deploy wrote`,
    expected: 'a row as a deploy writes it',
    found: [
      faults.join('; '),
      looked === 0 ? 'its own effects were not counted' : `${present} of its ${looked} effects are there`,
    ].join('\n            '),
    next: 'Somebody wrote it by hand: find out who and why, and compare what the migration makes with what is there before anything builds on it.',
  }),
  'rows-lost': ({ table, rows, before, declared, key, keys, declaration }) => ({
    says: `${table} lost ${countRows(rows)}`,
    expected:
      declared === null ? `all of its ${countRows(before)}` : `${countRows(declared)} lost, as declared`,
    found: `${rows} of ${before} are gone${tellKeys(key, keys)}`,
    next: declare('Find the DELETE, TRUNCATE, DROP or cascade in this phase.', declaration),
  }),
  'rows-added': ({ table, rows, before, declared, key, keys, declaration }) => ({
    says: `${table} gained ${countRows(rows)}`,
    expected:
      declared === null
        ? `no rows but the ${before} from before`
        : `${countRows(declared)} added, as declared`,
    found: `${countRows(rows)} more${tellKeys(key, keys)}`,
    next: declare('Find the INSERT in this phase.', declaration),
  }),
  'values-changed': ({ table, column, rows, before, declared, key, keys, why, how, declaration }) => ({
    says:
      rows === 0 && why !== null
        ? `${table}.${column} was dropped and added again`
        : how === undefined
          ? `${table}.${column} has other values in ${countRows(rows)}`
          : `${table}.${column} was not rewritten as declared in ${countRows(rows)}`,
    expected:
      how !== undefined
        ? `what this gives for the old row: ${how}`
        : declared === null
          ? `the values of all ${countRows(before)}`
          : `${countRows(declared)} changed, as declared`,
    found:
      rows === 0 && why !== null
        ? `${why}; no row here held anything in it, but a row of production may`
        : `${rows} of ${before} hold another value${why === null ? '' : ` (${why})`}${tellKeys(key, keys)}`,
    next:
      how === undefined
        ? declare('Find the statement that changes them.', declaration)
        : `Mend the statement that changes them, or the SQL under \`rewrites\`. If no SQL gives the new values, as with now(), declare:\n            ${declaration}`,
  }),
  'values-lost': ({ table, column, rows, before, declared, how, declaration }) => ({
    says: `${table}.${column} ${how === undefined ? 'was dropped with' : 'lost'} ${rows === 1 ? '1 value' : `${rows} values`}`,
    expected:
      declared !== null
        ? `${countRows(declared)} lose it, as declared`
        : how === undefined
          ? 'a dropped column holds nothing but NULL'
          : 'a rewrite gives each value another one',
    found:
      how === undefined
        ? `a value in ${rows} of ${countRows(before)}`
        : `NULL in ${rows} of ${countRows(before)} that held a value, as this gives: ${how}`,
    next: declare('Move the values to where they are read from now on.', declaration),
  }),
  renamed: ({ what, from, to, declaration }) => ({
    says: `${what} ${from} was renamed to ${to}`,
    expected: `${from} keeps its name`,
    found: `the same ${what}${what === 'table' || what === 'column' ? ', with the same values,' : ''} is ${to} now`,
    next: declare('Whatever still reads or names the old name breaks.', declaration),
  }),
  'declaration-void': ({ declaration, expected, found, remedy }) => ({
    says: `\`${declaration}\` of the phase does not hold`,
    expected,
    found,
    next: remedy,
  }),
  'object-dropped': ({ object, what, declaration }) => ({
    says: `${object} was dropped`,
    expected: `${what.startsWith('table') ? 'the table' : `the ${what}`} is still there`,
    found: `gone (${what})`,
    next: declare('Find the DROP in this phase.', declaration),
  }),
  'changed-outside-phase': ({ table, differences }) => ({
    says: `${table} changed, but the phase does not name it`,
    expected: 'as before the phase',
    found: differences.join('; '),
    next: `Name it under \`changes\`, as '${table}', if it belongs to this phase; else find the statement that reaches beyond it.`,
  }),
  'known-difference-outdated': ({ reference, difference, owner, acceptedUntil }) =>
    acceptedUntil === null
      ? {
          says: `"${difference}" is no difference from ${reference} any more`,
          expected: 'every entry of known-differences.json names a difference that is there',
          found: `an entry of ${owner} that accepts nothing`,
          next: 'Remove the entry: left in, it would excuse the same difference when it comes back.',
        }
      : {
          says: `"${difference}" is still a difference from ${reference}, and it was accepted until ${acceptedUntil} only`,
          expected: 'a difference that is mended by the last day of its entry in known-differences.json',
          found: `an entry of ${owner} whose last day is over`,
          next: `Mend the difference and remove the entry; or ask ${owner} whether the reason still holds, set a new day, and let somebody review that.`,
        },
  'changed-outside-database': ({ object, what }) => ({
    says: `${object} changed, which no database holds alone and the phase does not name`,
    expected: 'as before the phase',
    found: what.join('; '),
    next: `Write '${object}' under \`changes\` if that is the purpose; every database of production's server will feel it.`,
  }),
  'rows-hidden': ({ table, role, statement, file, line, visible, rows }) => ({
    says: `row security hid rows of ${table} from ${statement}`,
    expected: `${role} reaches all ${rows} rows at ${file}:${line}`,
    found: `${visible} of ${rows} rows, the others stayed as they were`,
    next: `Let ${role} see them: NO FORCE ROW LEVEL SECURITY for the duration of the file, a policy for ${role}, or BYPASSRLS.`,
  }),
  ...costProse,
  'rollback-missing': ({ file }) => ({
    says: 'nothing undoes the phase',
    expected: `${file}, as other phases of the scenario have one`,
    found: 'no such file',
    next: "Write the script, or say in the phase why there is none: irreversible: '<reason>'.",
  }),
  'rollback-failed': ({ file, line, statement, sqlstate, message, hint, afterRows }) => ({
    says: `the rollback fails at ${line === null ? file : `${file}:${line}`}${afterRows ? ' after rows were written' : ''}`,
    expected: afterRows
      ? "it runs as well once the phase's contracts have written rows"
      : 'right after the phase, every statement of its rollback runs',
    found: `${sqlstate} ${message}${statement === null ? '' : ` (${statement})`}${hint === null ? '' : `; hint: ${hint}`}`,
    next:
      sqlstate === '42601' && line === null
        ? 'Keep to plain SQL, without commands of psql, and mend what Postgres refuses.'
        : 'Mend the statement. The statements before it have done their work, unless all stand in one transaction: BEGIN; … COMMIT;',
  }),
  'rollback-loses-rows': ({ file, tables }) => ({
    says: 'the rollback takes rows that were written after the phase',
    expected: `after ${file}, older tables keep the rows that people added since the phase`,
    found: tables
      .map(({ table, lost, written }) => `${table}: ${lost} of ${written} rows are lost`)
      .join('; '),
    next: "Keep the rows, or say in the phase why they may go: rollbackLoses: { <table>: '<reason>' }.",
  }),
  'rollback-incomplete': ({ file, differences, idle, comparedWith, failure }) => ({
    says:
      comparedWith === 'before'
        ? 'the rollback does not lead back to the state before the phase'
        : 'after its rollback, the phase cannot be applied as before',
    expected:
      comparedWith === 'before'
        ? `after ${file} the database is what it was before the phase`
        : `after ${file} the phase leads to the same state again`,
    found: failure ? toShortFailure(failure) : differences.join('; '),
    ...(idle.length > 0 && { left: [`statements of ${file} that did nothing:`, ...idle] }),
    next:
      idle.length > 0
        ? 'Look at the statements that did nothing first: an unquoted name is read in lower case, and IF EXISTS passes over it in silence.'
        : `Undo in ${file} whatever the phase does, in reverse order, and take its migrations out of the history; where that cannot be, say so in the phase: irreversible: '<reason>'.`,
  }),
  'second-deploy-changes': ({ applied, failure, differences }) => ({
    says: failure
      ? 'a second deploy of the phase fails'
      : 'a second deploy of the phase changes the database',
    expected: 'deployed once more, the phase finds nothing to do',
    found: [
      ...(applied.length > 0 ? [`it ran ${applied.join(', ')} again`] : []),
      ...(failure ? [toShortFailure(failure)] : []),
      ...differences,
    ].join('; '),
    next: 'Deploys are repeated: by a pipeline that is started twice, by every server that starts. Leave the history to the tool, and let no migration change what its next session finds: its search_path, its rights, what the history records.',
  }),
  'recovery-fails': ({ migration, file, how, line, remains, to, of, tried }) => ({
    says: `a deploy that stops within ${migration} leaves what no command recovers`,
    expected:
      'wherever a deploy stops, commands of the tool, or the rollback, lead on to the state after the phase',
    found: [
      `stopped ${how.map((one) => WAYS_TO_STOP[one]).join(' or ')} after ${to} of ${of} statements${line === null ? '' : `, before ${file}:${line}`}`,
      ...tried.map(({ commands, says }) => `${commands.join(' && ')}: ${says}`),
    ].join('; '),
    left: [`statements of ${file} that stay:`, ...remains],
    next:
      line === null
        ? 'Let the file run as one transaction: BEGIN; … COMMIT; around its statements.'
        : 'Put BEGIN; and COMMIT; around the statements of the file, or write each so that it can run twice (IF NOT EXISTS) and needs nothing of the session before it. On that night: restore the backup of before the phase.',
  }),
  'two-deploys-collide': ({ first, second, met, differences, leftovers }) => ({
    says: "two deploys of the phase at once get in each other's way",
    expected: 'one deploy runs the phase, the other waits for it and finds nothing to do, or gives up',
    found: [
      ...(first ? [`the first one failed: ${toShortFailure(first)}`] : []),
      ...(second && !second.isBusy ? [`the second one failed: ${toShortFailure(second)}`] : []),
      ...(met === 'passed-by' ? ['the second one did not wait for the first'] : []),
      ...differences,
      ...leftovers,
    ].join('; '),
    next:
      first?.sqlstate === '40P01'
        ? 'A statement that waits for all other sessions (CREATE INDEX CONCURRENTLY) waits for the deploy that waits for it: see to it that only one place deploys, or deploy this phase while no other deploy can start.'
        : 'See to it that only one place deploys, and that no migration gives up the lock of the tool (DISCARD ALL, pg_advisory_unlock_all).',
  }),
  'dependency-undeclared': ({ phase, on, order, stop, tie }) => ({
    says:
      stop.phase === phase
        ? `phase ${phase} needs phase ${on}, on which it does not depend`
        : `phase ${stop.phase} fails when it runs after phase ${phase}, which does not depend on it`,
    expected: `phases run in the order ${order.join(', ')} too, which the dependencies allow`,
    found: withTie(`phase ${stop.phase}: ${failureText(stop.failure)}`, tie),
    next: `Add ${on} to dependsOn of phase ${phase}, so that nobody applies it first.`,
  }),
  'dependency-unneeded': ({ phase, on, shown, tie }) => ({
    says: `phase ${phase} declares that it depends on phase ${on}, and nothing shows that it does`,
    expected: `without phase ${on} the phase fails, misses what it expects, or leads elsewhere`,
    found: withTie(shown, tie),
    next: `Take ${on} out of dependsOn; if something else needs that order, such as the server, say so: { phase: ${on}, because: '<reason>' }.`,
  }),
  'phases-do-not-commute': ({ phase, other, order, differences, tie }) => ({
    says: `phases ${other} and ${phase} lead elsewhere in the other order, and neither depends on the other`,
    expected: `in the order ${order.join(', ')} the same catalog and rows as in the plan's`,
    found: withTie(differences.join('; '), tie),
    next: `Let the two keep off each other's objects, or add ${other} to dependsOn of phase ${phase}.`,
  }),
  'alternative-fails': ({ title, order, stop, differences }) => ({
    says: `the alternative "${title}" ${stop ? `fails at phase ${stop.phase}` : 'leads elsewhere'}`,
    expected: `in the order ${order.join(', ')} the same catalog and rows as in the plan's`,
    found: stop ? failureText(stop.failure) : differences.join('; '),
    next: stop
      ? `Take the alternative out of the plan, mend its order, or say that it cannot be followed: fails: { phase: ${stop.phase}, because: '<reason>' }.`
      : 'Take the alternative out of the plan, or mend its order.',
  }),
  'seeds-differ': ({ table, rows, onlyHere, onlyThere, columns }) => ({
    says: `${table} holds other rows than all migrations in a row put there`,
    expected: 'what migrations alone put into a table is the same in whatever order production gets them',
    found: [
      ...(onlyHere > 0 ? [`${onlyHere} of ${rows} rows that the linear path does not leave`] : []),
      ...(onlyThere > 0 ? [`${onlyThere} rows missing that the linear path leaves`] : []),
      ...columns.map((one) => `${one.column}: another value in ${one.rows} of ${rows} rows`),
    ].join('; '),
    next: 'Look which statements write to the table in another order than by time: a later migration may have to run first, or a repair migration write what is missing.',
  }),
  'rollback-chain-broken': ({ from, at, file, stop, differences }) => ({
    says: `undone one after another from phase ${from}, the phases do not lead back to the state before the plan`,
    expected: `after the rollbacks of the later phases, ${file} leads back to the state before phase ${at}`,
    found: stop
      ? `it stops${stop.line === null ? '' : ` at line ${stop.line}`}: ${stop.sqlstate} ${stop.message}${stop.statement === null ? '' : ` (${stop.statement})`}`
      : differences.join('; '),
    next: 'Each rollback holds by itself: look at what the later ones leave on purpose (rollbackLeaves) and this one meets.',
  }),
  'restore-fails': ({ by, before, step, says }) => ({
    says:
      step === 'backup'
        ? `no backup of the state before the ${before} can be taken`
        : `a backup of the state before the ${before} cannot be restored`,
    expected: `${by} ${step === 'backup' ? 'back the database up' : 'bring the database back'}`,
    found: says,
    next:
      step === 'backup'
        ? 'Run the command by hand on a copy and mend what it names; without a backup nothing undoes this phase.'
        : 'Restore by hand on a copy of the migrated database and mend what it names, before production needs it.',
  }),
  'restore-incomplete': ({ by, before, differences }) => ({
    says: `a restored backup is not the state before the ${before}`,
    expected: `what was backed up by ${by}: catalog, rows, history and sequences`,
    found: differences.join('; '),
    next: 'Restore into a new database, or drop first what the backup does not know: what a phase adds stays where a restore only replaces.',
  }),
  'schema-differs': ({ reference, differences }) => ({
    says: `the schema is not the one of ${reference}`,
    expected: `no difference to ${reference}`,
    found: differences.join('; '),
    next: '"is missing" and "expected" speak of the reference, "is extra" and "found" of this phase. Mend the migration, or the reference; what has to differ for a while is accepted by name in known-differences.json.',
  }),
  'contract-failed': ({ test, file, message, denied = [] }) => ({
    says: `contract "${test}" is broken`,
    expected: 'the API keeps its contract on the migrated database',
    found: [message, ...toDenials(denied)].join('; '),
    next: `${toGrants(denied)}Open ${file}; the server ran on a clone of this phase's checkpoint.`,
  }),
  'contract-broken': ({ test, file, contractOf, control, message, denied = [] }) => ({
    says: `this phase breaks contract "${test}" of phase ${contractOf}`,
    expected: `what works after phase ${control} goes on working`,
    found: [message, ...toDenials(denied)].join('; '),
    next: `${toGrants(denied)}Open ${file}; it still passes after phase ${control}, so look at what this phase changes.`,
  }),
  'contract-not-caused-by-phase': ({ test, file, before }) => ({
    says: `contract "${test}" works without this phase`,
    expected: 'a flow of this phase fails before the phase and works after it',
    found: `it passes ${before === 0 ? 'on the snapshot as it is' : `after phase ${before} already`}`,
    next: `Open ${file} and ask for what this phase brings; say flow.keepsWorking if it must have worked all along.`,
  }),
  'earlier-server-broken': ({ server, test, file, contractOf, control, message }) => ({
    says: `this phase breaks contract "${test}" of phase ${contractOf} on the earlier server "${server}"`,
    expected: `what works on it ${control === 0 ? 'on the snapshot as it is' : `after phase ${control}`} works for as long as it runs`,
    found: message,
    next: `Let the change wait until that server is gone, or make it one that both can live with; the test is in ${file}.`,
  }),
  'warm-connection-broken': ({ server, endpoint, contracts, sqlstate, message, recovers }) => ({
    says: `${endpoint ?? contracts.map(toQuoted).join(', ')} fails on connections that ${toServerName(server)} had open before this phase`,
    expected: 'what works on a server that is started after the phase works on one that was running, too',
    found: `${sqlstate === null ? '' : `SQLSTATE ${sqlstate}: `}${message}; ${recovers ? 'the first request fails, the second works' : 'the second try fails as well'}, a restart of the server helps`,
    ...(endpoint !== null && contracts.length > 0 && { left: ['contracts that fail by it:', ...contracts] }),
    next:
      sqlstate === '0A000'
        ? 'Name the columns instead of SELECT * and RETURNING *, send the statements without a name, or have the deploy restart every server right after this phase.'
        : 'Have the server give up a connection on which a statement fails and try again, or have the deploy restart every server right after this phase.',
  }),
  'request-failed-during-phase': ({ server, endpoint, message }) => ({
    says: `${endpoint} fails on ${toServerName(server)} while this phase is applied`,
    expected: 'a request that is answered before the phase and after it is answered meanwhile, if later',
    found: `${message}; --rehearsals tells how many requests did`,
    next: 'Hold locks for a shorter time: a phase for each large change, CREATE INDEX CONCURRENTLY, NOT VALID and VALIDATE; or let the server wait longer than the phase takes.',
  }),
  'endpoint-failed': ({ operationId, request, status, sincePhase, reason, denied = [] }) => ({
    says: `${operationId} (${request}) does not work`,
    expected: `it works from phase ${sincePhase} on`,
    found: [`${status === null ? 'no answer' : `status ${status}`}: ${reason}`, ...toDenials(denied)].join(
      '; ',
    ),
    next:
      denied.length > 0
        ? `${toGrants(denied)}Then call it again.`
        : 'Find what the answer misses in the database after this phase; if the operation comes alive later, raise its x-since-phase.',
  }),
  'endpoint-violates-contract': ({ check, operationId, request, status, pointer, expected, got }) => ({
    says: `${operationId ?? 'an unknown operation'} (${request}) answered ${status}, but not as the document describes: ${check}`,
    expected: `${pointer === '' ? '' : `at ${pointer}: `}${expected}`,
    found: got,
    next: 'Mend the server, or the OpenAPI document if it promises what nobody meant.',
  }),
}

function toDenials(denied: readonly DeniedRight[]): readonly string[] {
  return denied.map(({ role, right, object }) => `${role} has no ${right} on ${object}`)
}

/** What makes the denied things readable; what else the server does there is not known. */
function toGrants(denied: readonly DeniedRight[]): string {
  if (denied.length === 0) return ''
  const grants = denied.map(({ role, right, object }) => `GRANT ${right} ON ${object} TO ${role};`)
  return `If that is why, let the migration say ${grants.join(' ')} with whatever else the server does there, or give the role that deploys default privileges. `
}

/** All kinds of findings there are: a kind without words does not compile. */
export const findingKinds = Object.keys(prose) as readonly FindingKind[]

/** A finding in words, each part by itself. Pure. */
export function toWords(finding: Finding): Words {
  const words = (prose[finding.kind] as (entry: Finding) => Words)(finding)
  return { ...words, next: tellCutName(finding) ?? words.next }
}

/** A finding as lines: first what is wrong, then expected, found and next, indented. */
export function describeFinding(finding: Finding): readonly string[] {
  const words = toWords(finding)
  return [
    `${finding.kind}: ${words.says}`,
    ...(words.expected === undefined ? [] : [`  expected  ${words.expected}`]),
    ...(words.found === undefined ? [] : [`  found     ${words.found}`]),
    ...(words.cause === undefined ? [] : [`  cause     ${words.cause}`]),
    ...(words.left ?? []).map((line, position) => `  ${position === 0 ? 'left      ' : '          '}${line}`),
    `  next      ${words.next}`,
  ]
}

/** The part at the beginning of a sentence about a difference: `trigger orders_touch is new (…)`. */
function toPart(sentence = ''): string {
  return sentence.split(/ is new| is gone|: was/)[0] ?? ''
}

/** What to do about a name that no object can have, since Postgres cuts it; null for other findings. */
function tellCutName(finding: Finding): string | null {
  if (!/^(missing|unexpected|wrong)-/.test(finding.kind)) return null
  const { table, column, columns, name, expected } = finding as Partial<Record<string, unknown>>
  const written = [
    table,
    column,
    columns,
    name,
    ...(/^missing-|^wrong-index$/.test(finding.kind) ? [expected] : []),
  ]
  const words = written.flat().flatMap((text) => String(text ?? '').split(/[^\p{L}\p{N}_$]+/u))
  const long = words.find((word) => toKeptName(word) !== word)
  if (long === undefined) return null
  return `Postgres cuts names at ${NAME_BYTES} bytes: what is written as ${long} is called ${toKeptName(long)}. Expect that name, or take a shorter one in the migration.`
}

function toCause(
  cause: FailureCause | null,
  triedAfter: FindingOf<'migration-failed'>['triedAfter'],
): { cause?: string } {
  if (triedAfter === undefined) return cause ? { cause: cause.cause } : {}
  const { migration, missing } = triedAfter
  if (missing === null)
    return {
      cause: [`It was tried although ${migration} failed.`, ...(cause ? [cause.cause] : [])].join(' '),
    }
  return {
    cause: `It was tried although ${migration} failed, which creates ${missing}: it may fail only because of that.`,
  }
}

function toNext(skippedBy: string | undefined, otherwise: string): string {
  if (skippedBy === undefined) return otherwise
  return `IF NOT EXISTS at ${skippedBy} found it there already and left it as it was: alter it in this phase.`
}

/** What a failure left, with a count of what stays applied: the list may have thousands of names. */
function toLeft(applied: readonly string[], remains: readonly string[]): string[] {
  const named = applied.length <= NAMES_IN_LINE ? `: ${applied.join(', ')}` : ' (named in the proof)'
  const stays =
    applied.length === 1 ? '1 migration stays applied' : `${applied.length} migrations stay applied`
  const lines = [...(applied.length === 0 ? [] : [`${stays}${named}`]), ...remains]
  if (lines.length <= LEFT_LINES) return lines
  return [...lines.slice(0, LEFT_LINES), `… and ${lines.length - LEFT_LINES} more in the proof`]
}

/** Characters that nobody sees, as their code: a byte order mark becomes `<U+FEFF>`. */
function toVisible(text: string): string {
  return text.replaceAll(
    /[\u00A0\u00AD\u200B-\u200F\u2028\u2029\u2060\uFEFF]/g,
    (character) => `<U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}>`,
  )
}

/** `1 row`, `2 rows`; `rows` for an unknown number. */
function toRows(rows: number | null): string {
  if (rows === null) return 'rows'
  return `${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'}`
}

function nextOfMasked({ file }: MigrationFailure, { productionRows: rows }: MaskedFailure): string {
  const mend = `mend ${file}`
  if (rows === null)
    return `A mask made the value it failed on: ask production with the preconditions of the proof first. If rows are in the way there too, ${mend}; else give the column a rule that keeps what this statement reads.`
  if (rows === 0)
    return 'A mask made the value it failed on, and no row was in the way in production: give the column a rule that keeps what this statement reads, and capture anew.'
  return `${toRows(rows)} stood in the way in production too: ${mend} and run again.`
}

function wrongColumn(
  finding: { table: string; column: string; expected: string; found: string; skippedBy?: string },
  says: string,
  next: string,
): Words {
  return {
    says: `${finding.table}.${finding.column} ${says}`,
    expected: finding.expected,
    found: finding.found,
    next: toNext(finding.skippedBy, `${next}; or correct the expectation.`),
  }
}

function missing(
  {
    table,
    expected,
    found,
    skippedBy,
  }: { table: string; expected: string; found: readonly string[]; skippedBy?: string },
  what: string,
): Words {
  return {
    says: `${table} has no ${what === '' ? expected : `${what} ${expected}`}`,
    expected,
    found: found.length === 0 ? 'none of its kind on the table' : found.join('; '),
    next: toNext(skippedBy, 'Add it in this phase, or move the expectation to the phase that does.'),
  }
}

function toQuoted(name: string): string {
  return `"${name}"`
}

function toServerName(server: string | null): string {
  return server === null ? 'a server' : `the earlier server "${server}"`
}

/** How what a file left in the session is undone. */
function undoing(left: string): string {
  if (left === 'an open transaction') return 'COMMIT what it begins'
  if (left.startsWith('no table') || left.startsWith('a history')) return 'Let the history of the tool alone'
  if (left.startsWith('a temporary'))
    return 'DROP the temporary table at the end, or give it a name of its own,'
  const name = left.split(' ')[0]
  const reset = name === 'session_authorization' ? 'RESET SESSION AUTHORIZATION' : `RESET ${name}`
  return `${reset} at the end, or set it by SET LOCAL inside of a transaction,`
}

function countRows(rows: number): string {
  return rows === 1 ? '1 row' : `${rows} rows`
}

function tellKeys(key: readonly string[], keys: readonly string[]): string {
  return keys.length === 0 ? '' : `; for example ${key.join(', ')}: ${keys.join(' · ')}`
}

/** Names in one line, not more than help. */
function toList(names: readonly string[]): string {
  const more = names.length > LEFT_LINES ? ` and ${names.length - LEFT_LINES} more` : ''
  return names.slice(0, LEFT_LINES).join(', ') + more
}

/** The way out as it was tried, line by line, and how the plan says so; else what a person has to find out. */
function toWayOut(wayOut: WayOut | null, inPlan: string, otherwise: string): string {
  if (wayOut === null || wayOut.steps.length === 0) return otherwise
  return [...wayOut.steps, ...(wayOut.proof === null ? [] : [wayOut.proof]), inPlan].join('\n            ')
}

/** What to look for, and the line that says it is meant. */
function declare(look: string, declaration: string): string {
  return `${look} If it is meant, declare it in the phase:\n            ${declaration}`
}

function toShortFailure({ file, line, sqlstate, message }: MigrationFailure): string {
  return `${sqlstate === '' ? '' : `${sqlstate} `}${message}${line === null ? '' : ` at ${file}:${line}`}`
}

function failureText({ file, line, sqlstate, message, detail, hint, statement }: MigrationFailure): string {
  const place = file === '' ? '' : ` at ${file}${line === null ? '' : `:${line}`}`
  return [
    `${sqlstate} ${toVisible(message)}${place}`,
    ...(detail === null ? [] : [`detail: ${detail}`]),
    ...(hint === null ? [] : [`hint: ${hint}`]),
    ...(statement === null ? [] : [`statement: ${toVisible(statement)}`]),
  ].join('\n            ')
}

/** What was found, and where both phases name the same object. */
function withTie(found: string, tie: Tie | null): string {
  if (tie === null) return found
  const { object, isCreated, earlier, later } = tie
  return `${found}\n            both name ${object}: ${isCreated ? 'created' : 'changed'} at ${earlier}, named at ${later}`
}
