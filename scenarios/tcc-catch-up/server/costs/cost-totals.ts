import type { PrismaClient } from '../../../../generated/tcc-client/client.ts'

const sums = { totalRevenue: true, totalCost: true, grossProfit: true, tripDistance: true } as const

/** Revenue and cost of all breakdowns, together and by cost center. */
export async function fetchCostTotals(prisma: PrismaClient) {
  const [all, centers] = await Promise.all([
    prisma.tripCostBreakdown.aggregate({ _sum: sums, _count: { id: true } }),
    prisma.tripCostBreakdown.groupBy({
      by: ['costCenterId', 'costCenterName'],
      _sum: sums,
      _count: { id: true },
      orderBy: [{ costCenterName: 'asc' }, { costCenterId: 'asc' }],
    }),
  ])
  return {
    ...toTotals(all),
    byCostCenter: centers.map(({ costCenterId, costCenterName, ...group }) => ({
      costCenterId,
      costCenterName,
      ...toTotals(group),
    })),
  }
}

/** Profit and margin of all breakdowns, together and by transport level. */
export async function fetchProfitability(prisma: PrismaClient) {
  const [all, levels] = await Promise.all([
    prisma.tripCostBreakdown.aggregate({ _sum: sums, _count: { id: true } }),
    prisma.tripCostBreakdown.groupBy({
      by: ['transportLevel'],
      _sum: sums,
      _count: { id: true },
      orderBy: { transportLevel: 'asc' },
    }),
  ])
  return {
    ...toTotals(all),
    byTransportLevel: levels.map(({ transportLevel, ...group }) => ({ transportLevel, ...toTotals(group) })),
  }
}

type Sum = { toNumber(): number } | null

function toTotals({ _count, _sum }: { _count: { id: number }; _sum: Record<keyof typeof sums, Sum> }) {
  const totalRevenue = _sum.totalRevenue?.toNumber() ?? 0
  const grossProfit = _sum.grossProfit?.toNumber() ?? 0
  return {
    breakdowns: _count.id,
    totalRevenue,
    totalCost: _sum.totalCost?.toNumber() ?? 0,
    grossProfit,
    totalMiles: _sum.tripDistance?.toNumber() ?? 0,
    /** Percent; null without revenue. */
    profitMargin: totalRevenue === 0 ? null : Math.round((10_000 * grossProfit) / totalRevenue) / 100,
  }
}
