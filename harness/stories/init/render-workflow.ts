import type { PackageManager } from './find-package-manager.ts'

const setUps: Readonly<Record<PackageManager['name'], string>> = {
  npm: '',
  pnpm: '      - uses: pnpm/action-setup@v4\n',
  yarn: '      - run: corepack enable\n',
  bun: '      - uses: oven-sh/setup-bun@v2\n',
}

/** A workflow for GitHub Actions that proves every scenario on each pull request. */
export function renderWorkflow({ name, install, exec, isNamed }: PackageManager): string {
  // Without a version, and without one in package.json, the action for pnpm fails.
  const version = name === 'pnpm' && !isNamed ? '        with:\n          version: latest\n' : ''
  return `name: phaseproof
on:
  pull_request:
  push:
    branches: [main, master]
jobs:
  prove:
    runs-on: ubuntu-latest
    timeout-minutes: 15
    steps:
      - uses: actions/checkout@v4
${setUps[name]}${version}      - uses: actions/setup-node@v4
        with:
          node-version: 22
      - run: ${install}
      - run: ${exec} phaseproof regression
`
}
