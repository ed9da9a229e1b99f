import { pathToFileURL } from 'node:url'

/** Imports a module by its absolute path; whoever runs this code decides how TypeScript is read. */
export type ImportModule = (file: string) => Promise<object>

/** As Node, or the loader that runs this code, does it. */
export const importModule: ImportModule = (file) => import(/* @vite-ignore */ pathToFileURL(file).href)
