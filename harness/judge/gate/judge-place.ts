import type { DatabaseState } from '../../model/database-state.ts'
import type { GateCheck, GateEvidence } from '../../model/gate.ts'
import type { TargetFacts, TargetRole, TargetServer } from '../../model/target.ts'
import { toGateCheck, toToldCheck } from './gate-check.ts'

/** What the target must be: the server of before, read by a role that can only read, of the version and with the extensions of the proof. */
export function judgePlace(evidence: GateEvidence): GateCheck[] {
  const { target, options, seenIdentifier, before, after, read } = evidence
  return [
    ...judgeSource(target, seenIdentifier, options),
    judgeVersion(read.proof.about.postgres, target),
    judgeExtensions(before, after, target),
  ]
}

/** What must be so before anything that a target says counts: the right server, a role that can only read, no pooler. */
export function judgeSource(
  target: Pick<TargetFacts, 'server' | 'role'>,
  seenIdentifier: string | null,
  options: GateEvidence['options'],
): GateCheck[] {
  return [
    judgeServer(target.server, seenIdentifier, options.newServer),
    judgeRole(target.role, target.server, options.allowWritingRole),
    judgePooler(target.server, options.allowPooler),
  ]
}

/** Does the name of a target lead to the server that it led to before? */
function judgeServer(server: TargetServer, seen: string | null, isNewAllowed: boolean): GateCheck {
  const { name, systemIdentifier: is, isReplica } = server
  const kind = isReplica ? 'a replica' : 'a primary'
  if (is === null)
    return toToldCheck(
      'server',
      'not-asked',
      `${name} is ${kind}; its role may not read pg_control_system(), so whether it is the server of before is not known`,
    )
  if (seen === null)
    return toGateCheck(
      'server',
      { held: `${name} is ${kind}, asked for the first time: ${is}`, refused: '' },
      [],
    )
  if (seen !== is && isNewAllowed)
    return toToldCheck(
      'server',
      'told',
      `${name} is another server than before, as --new-server allows: ${seen} was, ${is} is`,
    )
  const says = {
    held: `${name} is ${kind}, the same as before: ${is}`,
    refused: `${name} is another server than before`,
  }
  return toGateCheck(
    'server',
    says,
    seen === is ? [] : [`system identifier ${seen} was, ${is} is; --new-server if that is meant`],
  )
}

/** May the connected role do more than read? */
function judgeRole(role: TargetRole, server: TargetServer, isAllowed: boolean): GateCheck {
  const can = role.isSuperuser
    ? 'is a superuser, or may become one'
    : `can write to ${role.writableTables} tables or views`
  if (!role.isSuperuser && role.writableTables === 0)
    return toGateCheck('role', { held: `${role.name} can only read`, refused: '' }, [])
  if (isAllowed || server.isReplica)
    return toToldCheck('role', 'told', `${role.name} ${can}; its session here is read-only`)
  return toGateCheck('role', { held: '', refused: `${role.name} is no role to look with` }, [
    `${role.name} ${can}: take one that can only read (GRANT pg_read_all_data, pg_read_all_stats), or --allow-writing-role`,
  ])
}

/** Does the server itself answer? */
function judgePooler({ pooler }: TargetServer, isAllowed: boolean): GateCheck {
  if (pooler !== null && isAllowed) return toToldCheck('pooler', 'told', `a pooler answers: ${pooler}`)
  const says = { held: 'the server itself answers', refused: 'a pooler answers in place of the server' }
  return toGateCheck(
    'pooler',
    says,
    pooler === null ? [] : [`${pooler}: name the server itself, or --allow-pooler`],
  )
}

function judgeVersion(postgres: string, target: TargetFacts): GateCheck {
  const proven = Number.parseInt(postgres, 10)
  const { text, major } = target.server.version
  const says = {
    held: `PostgreSQL ${text}, proven on ${postgres}`,
    refused: 'the phase was proven on another major version of Postgres',
  }
  return toGateCheck(
    'postgres',
    says,
    proven === major ? [] : [`proven on ${postgres}, the target is ${text}`],
  )
}

/** Are the extensions of a proven state there, and those available that come with the next one? */
export function judgeExtensions(
  before: DatabaseState | null,
  after: DatabaseState | null,
  target: TargetFacts,
): GateCheck {
  if (before === null) return toToldCheck('extensions', 'not-asked', 'the proven state is not known')
  const is = new Map(target.schema.extensions.map(({ name, version }) => [name, version]))
  const was = before.schema.extensions
  const coming = (after?.schema.extensions ?? []).filter(({ name }) => !was.some((one) => one.name === name))
  const faults = [
    ...was.flatMap(({ name, version }) => {
      const there = is.get(name)
      if (there === undefined) return [`extension ${name} is missing`]
      return there === version ? [] : [`extension ${name}: proven with ${version}, the target has ${there}`]
    }),
    ...[...is.keys()]
      .filter((name) => !was.some((one) => one.name === name))
      .map((name) => `extension ${name} is on the target, and was not in the proof`),
    ...coming
      .filter(({ name }) => !target.availableExtensions.includes(name))
      .map(({ name }) => `extension ${name}, which the phase creates, is not available on the server`),
  ]
  return toGateCheck(
    'extensions',
    { held: `${was.length} extensions as proven`, refused: 'extensions differ' },
    faults,
  )
}
