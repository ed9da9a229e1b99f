import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

type Names = Readonly<Record<string, string>>
interface Manifest {
  readonly dependencies: Names
  readonly peerDependencies: Names
  readonly optionalDependencies: Names
}

const IMPORT =
  /^(?:import|export)(?:[^\n]*? from)? ['"]([@a-z][\w@./-]*)['"];?$|\bimport\(['"]([@a-z][\w@./-]*)['"]\)/gm
/** The package itself: what its scaffolding writes for others imports it. */
const own = 'phaseproof'

/**
 * Refuses a build that imports a package its users do not get: one that is a dependency for development only.
 * @throws Error with every such import
 */
export function assertDeclared(folder: string, manifest: Manifest): void {
  const declared = {
    ...manifest.dependencies,
    ...manifest.peerDependencies,
    ...manifest.optionalDependencies,
  }
  const faults = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(js|d\.ts)$/.test(file))
    .flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(IMPORT)].flatMap(([, stated, dynamic]) => {
        const specifier = stated ?? dynamic ?? own
        const [scope = '', name] = specifier.split('/')
        const wanted = scope.startsWith('@') ? `${scope}/${name}` : scope
        return wanted in declared || wanted === own ? [] : [`${file} imports ${wanted}`]
      }),
    )
  if (faults.length > 0)
    throw new Error(`Not among the dependencies of the package:\n  ${faults.join('\n  ')}`)
}
