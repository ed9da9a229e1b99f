/**
 * Does a stream accept colours and movements of the cursor: is it a terminal that can, and nobody asked for neither?
 * Source: https://no-color.org
 */
export function acceptsEscapes(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): boolean {
  return stream.isTTY === true && !env.NO_COLOR && env.TERM !== 'dumb'
}
