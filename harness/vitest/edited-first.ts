import type { TestSequencerConstructor } from 'vitest/node'
import { BaseSequencer } from 'vitest/node'

/** Runs the contracts of the phase that was edited before all others: whoever edited it waits for those. */
export function editedFirst(folder: string): TestSequencerConstructor {
  return class extends BaseSequencer {
    override async sort(files: Parameters<BaseSequencer['sort']>[0]) {
      const sorted = await super.sort(files)
      const isEdited = ({ moduleId }: { readonly moduleId: string }) =>
        moduleId.includes(`/phases/${folder}/`)
      return [...sorted.filter(isEdited), ...sorted.filter((file) => !isEdited(file))]
    }
  }
}
