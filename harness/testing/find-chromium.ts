import { existsSync } from 'node:fs'

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
]

/** A Chromium of this machine, or that of PHASEPROOF_CHROMIUM; null when there is none. */
export function findChromium(env: NodeJS.ProcessEnv): string | null {
  return [env.PHASEPROOF_CHROMIUM ?? '', ...PLACES].find((file) => file !== '' && existsSync(file)) ?? null
}
