import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** How a repository installs packages and runs their programs. */
export interface PackageManager {
  readonly name: 'npm' | 'pnpm' | 'yarn' | 'bun'
  /** Command that installs exactly what the lockfile says. */
  readonly install: string
  /** Command that runs a program of an installed package: `npx`, `pnpm exec`. */
  readonly exec: string
  /** Command that adds a package for development. */
  readonly add: string
  /** Whether package.json names it, with its version. */
  readonly isNamed: boolean
}

const managers: Readonly<Record<PackageManager['name'], Omit<PackageManager, 'isNamed'>>> = {
  npm: { name: 'npm', install: 'npm ci', exec: 'npx', add: 'npm install --save-dev' },
  pnpm: {
    name: 'pnpm',
    install: 'pnpm install --frozen-lockfile',
    exec: 'pnpm exec',
    add: 'pnpm add --save-dev',
  },
  yarn: { name: 'yarn', install: 'yarn install --immutable', exec: 'yarn', add: 'yarn add --dev' },
  bun: { name: 'bun', install: 'bun install --frozen-lockfile', exec: 'bunx', add: 'bun add --dev' },
}
const lockfiles: readonly (readonly [file: string, name: PackageManager['name']])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['pnpm-workspace.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
]

/** The package manager of a repository: what its package.json names, else by its lockfile, else npm. */
export function findPackageManager(root: string): PackageManager {
  const manifest = join(root, 'package.json')
  const { packageManager = '' } = existsSync(manifest)
    ? (JSON.parse(readFileSync(manifest, 'utf8')) as { packageManager?: string })
    : {}
  const named = Object.values(managers).find(({ name }) => packageManager.startsWith(`${name}@`))
  const locked = lockfiles.find(([file]) => existsSync(join(root, file)))?.[1]
  return { ...(named ?? managers[locked ?? 'npm']), isNamed: named !== undefined }
}
