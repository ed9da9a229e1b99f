import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** A server that a repository seems to have. */
export interface FoundServer {
  /** Folder of its package, relative to the root. */
  readonly folder: string
  readonly framework: string
  /** Name of the script in its package.json that starts it. */
  readonly script: string
  /** Path that seems to answer when it is well; the usual one where its sources name none. */
  readonly healthPath: string
}

/** By the package that each is known by; the first that is there names the framework. */
const frameworks: readonly (readonly [dependency: string, framework: string])[] = [
  ['@nestjs/core', 'Nest'],
  ['next', 'Next'],
  ['fastify', 'Fastify'],
  ['hono', 'Hono'],
  ['koa', 'Koa'],
  ['express', 'Express'],
  ['@trpc/server', 'tRPC'],
]
const scripts = ['start:prod', 'start', 'serve', 'start:dev', 'dev']
const HEALTH = /['"`/]((?:\/?(?:api|v1)\/)?\/?(?:healthz?|health-check|healthcheck|livez|readyz))\b['"`]/
const sources = /\.(ts|tsx|js|mjs|cjs|mts|cts)$/

interface Manifest {
  readonly scripts?: Readonly<Record<string, string>>
  readonly dependencies?: Readonly<Record<string, string>>
}

/** Servers among the packages of a repository: a framework in its dependencies and a script that starts it. */
export function findServers(root: string, packages: readonly string[]): readonly FoundServer[] {
  return packages.flatMap((folder) => {
    const manifest = join(root, folder, 'package.json')
    if (!existsSync(manifest)) return []
    const { scripts: named = {}, dependencies = {} } = JSON.parse(readFileSync(manifest, 'utf8')) as Manifest
    const framework = frameworks.find(([dependency]) => dependency in dependencies)?.[1]
    const script = scripts.find((name) => name in named)
    if (framework === undefined || script === undefined) return []
    return [{ folder, framework, script, healthPath: findHealthPath(join(root, folder), framework) }]
  })
}

function findHealthPath(home: string, framework: string): string {
  for (const file of listSources(home)) {
    const route = /(?:^|\/)app\/((?:api\/)?[\w-]*health[\w-]*)\/route\.\w+$/.exec(file)?.[1]
    if (framework === 'Next' && route !== undefined) return `/${route}`
    const path = HEALTH.exec(readFileSync(join(home, file), 'utf8'))?.[1]
    if (path !== undefined) return path.startsWith('/') ? path : `/${path}`
  }
  return framework === 'Next' ? '/' : '/health'
}

/** Source files at most four folders deep, enough to meet a route; tests and builds left out. */
function listSources(home: string, folder = '', depth = 4): readonly string[] {
  return readdirSync(join(home, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`
    if (entry.isFile()) return sources.test(entry.name) && !/\.(test|spec|d)\./.test(entry.name) ? [path] : []
    const isLeftOut = /^(node_modules|dist|build|coverage|scenarios|generated)$|^\./.test(entry.name)
    return entry.isDirectory() && !isLeftOut && depth > 0 ? listSources(home, path, depth - 1) : []
  })
}
