/** Names that differ from one terminal or start to the next and that no server minds. */
const volatile = [
  /^_$/,
  /^(SHLVL|OLDPWD|INIT_CWD|COLUMNS|LINES|WINDOWID|DISPLAY|STY|COLORTERM|COLORFGBG|LS_COLORS|NO_COLOR|FORCE_COLOR)$/,
  // Whole names, or beginnings that nobody gives to a setting of an application: `SSH_HOST` and `TERMS_URL` are such settings.
  /^(TERM|TERMINFO|TERM_(PROGRAM|PROGRAM_VERSION|SESSION_ID)|TERMINAL_EMULATOR)$/,
  /^(SSH_(CLIENT|CONNECTION|TTY|AUTH_SOCK|AGENT_PID|ASKPASS)|TMUX(_.*)?|WT_(SESSION|PROFILE_ID)|WAYLAND_DISPLAY)$/,
  /^(XDG|DBUS|VSCODE|GIT_ASKPASS|ITERM|KITTY)(_|$)/,
  /^(npm|pnpm)_|^PNPM_(HOME|SCRIPT_SRC_DIR|PACKAGE_NAME)$/,
  // Set by Vitest on itself, and by us to hand a run's options over.
  /^(VITEST|VITEST_.*|TEST|SSR|PHASEPROOF_RUN)$/,
]

/** What Vitest sets where nobody else has: a value of somebody's own is left to servers as it is. */
const unlessSet: Readonly<Record<string, string>> = { MODE: 'test', BASE_URL: '/', DEV: '1', PROD: '' }

/** The environment as far as a server may read it: names and values in order of names. Pure. */
export function toEnvironment(env: NodeJS.ProcessEnv): (readonly [string, string])[] {
  return Object.entries(env)
    .flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
    .filter(([name, value]) => unlessSet[name] !== value && !volatile.some((pattern) => pattern.test(name)))
    .sort(([left], [right]) => (left < right ? -1 : 1))
}
