import { resolve } from 'node:path'
import { HarnessError } from '../../model/error.ts'
import type { ToolChoice, ToolPlace } from '../../model/tool.ts'
import type { OrderRule } from './name-order.ts'
import { toRulesOfRange } from './prisma-rules.ts'
import { readVersion } from './read-version.ts'
import type { TransactionRule } from './send-script.ts'

/** The version whose rules a replay follows, and these rules. */
export interface ChosenVersion {
  readonly version: string
  readonly order: OrderRule
  readonly transactionRule: TransactionRule
}

/** What a process sorts by whose environment names no language, as in most containers and CI runners. */
const DEFAULT_LOCALE = 'en-US'

/**
 * The version that a scenario names, else the one of the repository, with its rules.
 * @throws plan-invalid when there is none, or it has no rules that are known and clear
 */
export async function chooseVersion(choice: ToolChoice, place: ToolPlace): Promise<ChosenVersion> {
  const { version, file } = choice.version
    ? { version: choice.version, file: 'scenario.ts' }
    : ((await readVersion(resolve(place.projectRoot, place.migrations), place.projectRoot)) ?? NONE)
  if (version === '')
    throw refuse(place, 'no version is named, none is installed, and no package.json asks for one')
  const rules = toRulesOfRange(version)
  const found = `${file} has "${version}"`
  if (rules === 'unknown') throw refuse(place, `${found}; rules are known of Prisma 5.0 to 7.x`)
  if (rules === 'mixed') throw refuse(place, `${found}, whose versions do not all replay alike`)
  return {
    version: version.replace(/^[v=]/, ''),
    order: rules.order === 'bytes' ? { by: 'bytes' } : { by: 'locale', locale: toLocale(choice, place) },
    transactionRule: rules.transactionRule,
  }
}

const NONE = { version: '', file: '' }

function toLocale({ locale = DEFAULT_LOCALE }: ToolChoice, place: ToolPlace): string {
  try {
    const [known] = Intl.Collator.supportedLocalesOf([locale])
    if (known !== undefined) return known
  } catch {
    // Not even the form of a locale.
  }
  throw refuse(place, `tool.locale is "${locale}", which no Node knows how to sort by`)
}

function refuse({ scenario }: ToolPlace, fault: string): HarnessError<'plan-invalid'> {
  return new HarnessError(
    'plan-invalid',
    `Establishing the rules of Prisma for scenario ${scenario}: ${fault}.`,
    "Name the version that production deploys with in scenario.ts, for example tool: { name: 'prisma', version: '7.10.0' }.",
    { scenario, faults: [fault] },
  )
}
