import { readText } from './init/file-change.ts'
import { findPackageManager } from './init/find-package-manager.ts'

/** The words that a person of this repository starts Phaseproof with: its own script, or the package that is installed. */
export function toOwnCommand(root: string): string {
  const { name } = JSON.parse(readText(root, 'package.json') ?? '{}') as { name?: string }
  // The script that `init` adds has the same name and proves: only here does it take any command.
  return name === 'phaseproof' ? 'pnpm phaseproof' : `${findPackageManager(root).exec} phaseproof`
}
