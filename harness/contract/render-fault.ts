import type { ContractFault } from '../model/contract.ts'

/** A fault of an answer in lines: operation, status and place; then expected and got. */
export function renderFault({
  check,
  operationId,
  request,
  status,
  pointer,
  expected,
  got,
}: ContractFault): string {
  return [
    `${operationId ?? 'no operation'} (${request}) answered ${status}: ${check}${pointer === '' ? '' : ` at ${pointer}`}`,
    `  expected  ${expected}`,
    `  got       ${got}`,
  ].join('\n')
}
