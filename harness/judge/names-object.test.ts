import { describe, expect, it } from 'vitest'
import { toNames } from './names-object.ts'

describe('toNames', () => {
  it.each([
    ['trips', 'public.trips', true],
    ['public.trips', 'public.trips', true],
    ['"Trip"', 'public.Trip', true],
    ['trips', 'audit.trips', false],
    ['trips', 'public.trips_old', false],
    ['audit.events', 'audit.events', true],
    ['v1.events', 'public.v1.events', true],
    ['public.v1.events', 'public.v1.events', true],
    ['public.citext', 'citext', true],
    ['citext', 'public.citext', true],
    ['billing_*', 'public.billing_lines', true],
    ['billing_*', 'public.billing_', true],
    ['billing_*', 'public.old_billing_lines', false],
    ['billing_*', 'audit.billing_lines', false],
    ['billing_*', 'public.billing_total(integer, text)', true],
    ['*_log', 'public.user_log', true],
    ['*_log', 'audit.user_log', false],
    ['audit.*', 'audit.events', true],
    ['audit.*', 'public.events', false],
    ['public.*', 'public.events', true],
    ['public.*', 'audit.events', false],
    ['a+b', 'public.aab', false],
    ['total(public."E")', 'public.total(public."E")', true],
  ])('%s and %s: %s', (written, object, expected) => {
    expect(toNames([written])(object)).toBe(expected)
  })
})
