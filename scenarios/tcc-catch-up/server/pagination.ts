/** `page` (from 1) and `limit` of a list's query, with the contract's bounds and defaults. */
export interface PageQuery {
  readonly page: number
  readonly limit: number
}

/** Which rows of a list a page holds. */
export function toPage({ page, limit }: PageQuery): { readonly skip: number; readonly take: number } {
  return { skip: (page - 1) * limit, take: limit }
}

/** How an answer tells which part it is of how many. */
export function toPagination({ page, limit }: PageQuery, total: number) {
  return { page, limit, total, totalPages: Math.ceil(total / limit) }
}
