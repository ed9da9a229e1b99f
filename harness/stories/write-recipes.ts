import { rmSync } from 'node:fs'
import type { Proof } from '../model/proof.ts'
import { toProofFile } from '../proof/proof-file.ts'
import { renderRecipes } from '../proof/render-recipes.ts'
import { replaceFile } from './proof-files.ts'

/**
 * Writes what to do when a deploy stops to where the proof stands, whatever the verdict; where nothing was rehearsed, older recipes go.
 * @returns the file, absolute; null when there are none
 */
export function writeRecipes(reportsFolder: string, proof: Proof): string | null {
  if (proof.about.scaled !== null) return null
  const file = toProofFile(reportsFolder, proof.scenario, proof.upTo, { isScaled: false }).replace(
    /\.json$/,
    '.recipes.md',
  )
  const text = renderRecipes(proof)
  if (text === '') {
    rmSync(file, { force: true })
    return null
  }
  replaceFile(file, text)
  return file
}
