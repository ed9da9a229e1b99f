/** Names that differ from one terminal or start to the next and that no server minds. */
const volatile = [
  /^_$/,
  /^(SHLVL|PWD|OLDPWD|INIT_CWD|COLUMNS|LINES|WINDOWID|DISPLAY|STY|COLORTERM|COLORFGBG|LS_COLORS|NO_COLOR|FORCE_COLOR)$/,
  /^(TERM|SSH|TMUX|XDG|DBUS|VSCODE|GIT_ASKPASS|WAYLAND|ITERM|KITTY|WT)(_|$|[A-Z])/,
  /^(npm|pnpm)_/i,
  // Set by Vitest on itself, and by us to hand a run's options over.
  /^(VITEST|VITEST_.*|TEST|PROD|DEV|MODE|SSR|BASE_URL|PHASEPROOF_RUN)$/,
]

/** The environment as far as a server may read it: names and values in order of names. Pure. */
export function toEnvironment(env: NodeJS.ProcessEnv): (readonly [string, string])[] {
  return Object.entries(env)
    .flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]))
    .filter(([name]) => !volatile.some((pattern) => pattern.test(name)))
    .sort(([left], [right]) => (left < right ? -1 : 1))
}
