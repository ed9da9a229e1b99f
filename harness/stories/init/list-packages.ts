import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/** Folders in which a repository keeps packages though its workspace may not say so. */
const usual = ['packages/*', 'apps/*', 'libs/*', 'services/*']

/** Folders of a repository that hold a `package.json`, relative to its root: the root as `.`, then the packages of its workspace. */
export function listPackages(root: string): readonly string[] {
  const patterns = [...readPatterns(root), ...usual]
  const folders = patterns
    .filter((pattern) => !pattern.startsWith('!'))
    .flatMap((pattern) => expand(root, pattern))
  return [
    '.',
    ...[...new Set(folders)].filter((folder) => existsSync(join(root, folder, 'package.json'))).sort(),
  ]
}

function readPatterns(root: string): readonly string[] {
  const workspace = join(root, 'pnpm-workspace.yaml')
  const pnpm = existsSync(workspace)
    ? ((parse(readFileSync(workspace, 'utf8')) as { packages?: string[] } | null)?.packages ?? [])
    : []
  const manifest = join(root, 'package.json')
  const { workspaces = [] } = existsSync(manifest)
    ? (JSON.parse(readFileSync(manifest, 'utf8')) as { workspaces?: string[] | { packages?: string[] } })
    : {}
  return [...pnpm, ...(Array.isArray(workspaces) ? workspaces : (workspaces.packages ?? []))]
}

/** `packages/db`, `packages/*`, `packages/**`: a star stands for one folder, two for one or two. */
function expand(root: string, pattern: string): readonly string[] {
  const [, base = '', stars] = /^(.*?)(?:\/?(\*{1,2}))?\/?$/.exec(pattern) ?? []
  if (stars === undefined) return base === '.' || base === '' ? [] : [base]
  const first = listFolders(root, base)
  return stars === '*' ? first : [...first, ...first.flatMap((folder) => listFolders(root, folder))]
}

function listFolders(root: string, folder: string): readonly string[] {
  const path = join(root, folder)
  if (!existsSync(path)) return []
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules' && !entry.name.startsWith('.'))
    .map((entry) => (folder === '' ? entry.name : `${folder}/${entry.name}`))
}
