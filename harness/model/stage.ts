import type { ToolRules } from './tool.ts'

/** A folder that production's deploy of one phase is given, described for whoever checks it before the deploy. */
export interface StageManifest {
  readonly format: 1
  readonly scenario: string
  readonly phase: number
  readonly tool: ToolRules
  /** In the tool's order. */
  readonly migrations: readonly {
    readonly name: string
    /** SHA-256 of the file, hex, as the tool records it. */
    readonly checksum: string
    /** The deploy applies it; else production has it already. */
    readonly isApplied: boolean
  }[]
  /** Names that production's history holds and that have no folder. */
  readonly missing: readonly string[]
  /** SHA-256 of every file beside the manifest, hex, by path. */
  readonly files: Readonly<Record<string, string>>
  /** SHA-256 of the proof's statement, hex; null where there was none. */
  readonly proof: string | null
}
