import type { GateCheck, GateEvidence, GateFault } from '../../model/gate.ts'
import type { AskedPrecondition, RowAnswer } from '../../model/precondition.ts'
import type { TargetSession } from '../../model/target.ts'
import { toGateCheck, toToldCheck } from './gate-check.ts'
import { toSpan } from './judge-proof.ts'

/** Is now the moment? The migrator's rights, other sessions, rows in the way, the backup, room on the disk. */
export function judgeMoment(evidence: GateEvidence): GateCheck[] {
  return [
    judgeRights(evidence),
    judgeDeploys(evidence),
    judgeSessions(evidence),
    judgePreconditions(evidence),
    judgeBackup(evidence),
    toToldCheck(
      'disk',
      'not-asked',
      `Postgres does not tell how much room its disk has: a rewrite of all that the phase changes takes ${toMegabytes(evidence.target.touchedBytes)} besides`,
    ),
  ]
}

const toMegabytes = (bytes: number) => `${Math.ceil(bytes / 1024 / 1024).toLocaleString('en-US')} MB`

function judgeRights({ target: { migrator } }: GateEvidence): GateCheck {
  if (migrator === null)
    return toToldCheck('rights', 'not-asked', 'no role applies the migrations: --migrator <role> names it')
  const { role, exists, missing } = migrator
  const says = { held: `${role} may do what the phase needs`, refused: `${role} cannot apply the phase` }
  return toGateCheck('rights', says, exists ? missing : [`there is no role ${role}`])
}

const toText = ({ pid, application, what }: TargetSession) =>
  pid === 0 ? what : `${application} (pid ${pid}): ${what}`

const ON_REPLICA = 'the target is a replica, and what goes on at its primary cannot be seen from it'

function judgeDeploys({ target: { server, deploys } }: GateEvidence): GateCheck {
  if (server.isReplica) return toToldCheck('deploys', 'not-asked', ON_REPLICA)
  return toGateCheck(
    'deploys',
    { held: 'no deploy is under way', refused: 'another deploy is under way' },
    deploys.map(toText),
  )
}

function judgeSessions({ target: { server, role, longTransactions, tableLocks } }: GateEvidence): GateCheck {
  if (server.isReplica) return toToldCheck('sessions', 'not-asked', ON_REPLICA)
  const faults = [...tableLocks, ...longTransactions].map(toText)
  if (faults.length === 0 && !role.seesSessions)
    return toToldCheck(
      'sessions',
      'not-asked',
      `nobody locks what the phase changes; the transactions of others are hidden from ${role.name}: GRANT pg_read_all_stats`,
    )
  const says = {
    held: 'no transaction is open for long, and nobody locks what the phase changes',
    refused: 'the phase would wait for others, and everybody else for it',
  }
  return toGateCheck('sessions', says, faults)
}

function judgePreconditions({ phase, read, target }: GateEvidence): GateCheck {
  const needed = (read.proof.preconditions ?? []).filter((one) => one.phase === phase.id)
  const faults = needed.flatMap((one) => {
    const answer =
      one.sql === null ? { unasked: one.reason ?? 'it cannot be counted' } : target.answers[one.sql]
    return judgeAnswer(one, answer ?? { unasked: 'it was not asked' })
  })
  const told = needed.flatMap((one) => tellAnswer(one, target.answers[one.sql ?? '']))
  const says = {
    held:
      needed.length === 0
        ? 'the phase needs nothing of the rows'
        : `${needed.filter(({ sql }) => sql !== null).length} of ${needed.length} conditions counted: no row is in the way`,
    refused: needed.some(({ sql }) => isOvercount(target.answers[sql ?? ''] ?? { rows: 0 }))
      ? 'rows of the target are in the way of the phase'
      : 'whether rows of the target are in the way could not be counted',
  }
  const check = toGateCheck('preconditions', says, faults)
  return check.outcome === 'held' && told.length > 0
    ? {
        ...check,
        outcome: 'told',
        says: `no row is in the way of the phase, as far as it was counted`,
        faults: told.map((text) => ({ says: text })),
      }
    : check
}

/** A condition that the snapshot did not meet either, and the phase was proven, counts more than what is in the way. */
function judgeAnswer(one: AskedPrecondition, answer: RowAnswer): GateFault[] {
  const { kind, sql, snapshot, file, line, statement, counts } = one
  if (kind !== 'fails' || sql === null || isOvercount(snapshot)) return []
  const place = `${file}:${line} (${statement})`
  if ('refused' in answer) return [{ says: `${place}: a row makes it fail with SQLSTATE ${answer.refused}` }]
  if ('unasked' in answer) return [{ says: `${place}: ${counts} could not be counted: ${answer.unasked}` }]
  return answer.rows === 0 ? [] : [{ says: `${place}: ${answer.rows} ${counts}` }]
}

const isOvercount = (answer: RowAnswer) => 'refused' in answer || ('rows' in answer && answer.rows > 0)

function tellAnswer(
  { kind, sql, reason, file, line, counts, snapshot }: AskedPrecondition,
  answer?: RowAnswer,
): string[] {
  const place = `${file}:${line}`
  if (sql === null) return [`${place}: cannot be counted: ${reason ?? 'no reason is known'}`]
  if (answer === undefined || !('rows' in answer)) return []
  if (kind === 'loses') return answer.rows > 0 ? [`${place}: ${answer.rows} ${counts}`] : []
  return isOvercount(snapshot) && answer.rows > 0
    ? [`${place}: ${answer.rows} ${counts}, as in the snapshot, where the phase came through`]
    : []
}

function judgeBackup({ phase, backup, now, options }: GateEvidence): GateCheck {
  const needs = phase.risk === 'high'
  if ('none' in backup) {
    if (!needs) return toToldCheck('backup', 'not-asked', `the risk of the phase is ${phase.risk}`)
    return toGateCheck('backup', { held: '', refused: 'no backup is known to be good' }, [
      'the risk of the phase is high: --backup-verified <what "backup verify --json" printed, or when>',
    ])
  }
  if ('unusable' in backup)
    return toGateCheck('backup', { held: '', refused: 'the backup cannot be relied on' }, [backup.unusable])
  const ageMs = Date.parse(now) - Date.parse(backup.at)
  const faults = [
    ...(ageMs > options.backupMaxAgeMs
      ? [
          `it was verified ${toSpan(ageMs)} ago, and ${toSpan(options.backupMaxAgeMs)} are allowed (--backup-max-age)`,
        ]
      : []),
    ...(ageMs < -300_000 ? [`it was verified at ${backup.at}, which is yet to come`] : []),
  ]
  const says = {
    held: `verified ${toSpan(Math.max(ageMs, 0))} ago, says ${backup.by}`,
    refused: 'the backup is not of now',
  }
  return toGateCheck('backup', says, faults)
}
