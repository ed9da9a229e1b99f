import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { extname, join } from 'node:path'
import { assertDeclared } from './assert-declared.ts'

// What `pnpm pack` puts into the package: the harness as JavaScript with its types, and the files that it reads beside it.
const root = join(import.meta.dirname, '..')
const from = join(root, 'harness')
const to = join(root, 'dist')
const assets = new Set(['.sql', '.sh', '.wasm', '.yaml'])

rmSync(to, { recursive: true, force: true })
execFileSync(process.execPath, [join(root, 'node_modules/typescript/bin/tsc'), '-p', 'tsconfig.build.json'], {
  cwd: root,
  stdio: 'inherit',
})
for (const file of readdirSync(from, { recursive: true, encoding: 'utf8' })) {
  if (assets.has(extname(file))) cpSync(join(from, file), join(to, file))
}
chmodSync(join(to, 'cli', 'main.js'), 0o755)
assertDeclared(to, JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')))
