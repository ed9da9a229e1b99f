import { expect, it } from 'vitest'
import { toEnvironment } from './to-environment.ts'

it('leaves out what tells terminals and package managers apart', () => {
  const env = {
    TERM: 'xterm',
    TERM_PROGRAM: 'shell',
    SSH_TTY: '/dev/pts/1',
    TMUX_PANE: '%1',
    WT_SESSION: '1',
    XDG_RUNTIME_DIR: '/run',
    npm_lifecycle_event: 'test',
    PNPM_SCRIPT_SRC_DIR: '/project',
  }
  expect(toEnvironment(env)).toEqual([])
})

it('keeps settings of an application, however they begin', () => {
  const names = ['NPM_TOKEN', 'PWD', 'SSH_HOST', 'TERMS_URL', 'TERM_MONTHS', 'TMUXER', 'WTAX']
  const env = Object.fromEntries(names.map((name) => [name, '1']))
  expect(toEnvironment(env).map(([name]) => name)).toEqual(names)
})

it("keeps a value of somebody's own where Vitest would set one", () => {
  expect(toEnvironment({ MODE: 'test', BASE_URL: '/', DEV: '1', PROD: '', TEST: 'true', SSR: '1' })).toEqual(
    [],
  )
  const own = { BASE_URL: 'https://shop.example.invalid', DEV: '', MODE: 'maintenance', PROD: '1' }
  expect(toEnvironment(own)).toEqual(Object.entries(own))
})
