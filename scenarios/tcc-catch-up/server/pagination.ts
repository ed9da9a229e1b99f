/** `page` (from 1) and `limit` of a list's query, with the contract's bounds and defaults. */
export interface PageQuery {
  readonly page: number
  readonly limit: number
}

/** Which rows of a list a page holds. */
export function toPage({ page, limit }: PageQuery): { readonly skip: number; readonly take: number } {
  return { skip: (page - 1) * limit, take: limit }
}

/** Which part of how many rows an answer holds. */
export function toPagination({ page, limit }: PageQuery, total: number) {
  return { page, limit, total, totalPages: Math.ceil(total / limit) }
}
