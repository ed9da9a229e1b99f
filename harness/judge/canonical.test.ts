import { describe, expect, it } from 'vitest'
import { isSameDefinition, isSameType, toCanonicalDefault, toCanonicalType } from './canonical.ts'

describe('toCanonicalType', () => {
  const cases: readonly [written: string, printed: string][] = [
    ['int4', 'integer'],
    ['int8', 'bigint'],
    ['bool', 'boolean'],
    ['text', 'text'],
    ['text[]', 'text[]'],
    ['decimal(10, 2)', 'numeric(10,2)'],
    ['numeric(10)', 'numeric(10,0)'],
    ['char', 'character(1)'],
    ['varbit(4)', 'bit varying(4)'],
    ['TIMESTAMP(3)', 'timestamp(3) without time zone'],
    ['varchar(20)[]', 'character varying(20)[]'],
    ['timestamp', 'timestamp without time zone'],
    ['timestamp(3)', 'timestamp(3) without time zone'],
    ['timestamptz(6)[]', 'timestamp(6) with time zone[]'],
    ['timestamp(3) without time zone', 'timestamp(3) without time zone'],
    ['public."OrderState"', 'public."OrderState"'],
  ]

  it.for(cases)('reads %s as %s', ([written, printed]) => {
    expect(toCanonicalType(written)).toBe(printed)
  })
})

describe('toCanonicalDefault', () => {
  const cases: readonly [printed: string, type: string, bare: string][] = [
    [`'OPEN'::text`, 'text', `'OPEN'`],
    [`'OPEN'::character varying`, 'character varying(20)', `'OPEN'`],
    [`'OPEN'::public."OrderState"`, 'public."OrderState"', `'OPEN'`],
    [`'{}'::text[]`, 'text[]', `'{}'`],
    [`'-1'::integer`, 'integer', '-1'],
    [`'-1'::text`, 'text', `'-1'`],
    [
      `'2026-01-01 00:00:00'::timestamp without time zone`,
      'timestamp(3) without time zone',
      `'2026-01-01 00:00:00'`,
    ],
    ['CURRENT_TIMESTAMP', 'timestamp(3) without time zone', 'CURRENT_TIMESTAMP'],
    ['now()', 'timestamp with time zone', 'CURRENT_TIMESTAMP'],
    [`nextval('public.a_id_seq'::regclass)`, 'integer', `nextval('public.a_id_seq'::regclass)`],
  ]

  it.for(cases)('reads %s of a column %s as %s', ([printed, type, bare]) => {
    expect(toCanonicalDefault(printed, type)).toBe(bare)
  })

  it('keeps a cast to another type, which is part of the value', () => {
    expect(toCanonicalDefault(`'1'::text`, 'integer')).toBe(`'1'::text`)
  })

  it('tells no default from any default', () => {
    expect(toCanonicalDefault(null, 'text')).toBeNull()
  })
})

describe('isSameType', () => {
  it.each([
    ['citext', 'public.citext', true],
    ['"Role"', 'public."Role"', true],
    ['audit.citext', 'public.citext', false],
    ['text', 'public.text2', false],
  ])('%s and %s: %s', (written, printed, expected) => {
    expect(isSameType(written, printed)).toBe(expected)
  })
})

describe('isSameDefinition', () => {
  const fresh = `CHECK (((state)::text <> ALL ((ARRAY['OPEN'::character varying, 'it''s, paid'::character varying])::text[])))`
  const restored = `CHECK (((state)::text <> ALL (ARRAY[('OPEN'::character varying)::text, ('it''s, paid'::character varying)::text])))`

  it('takes a list of texts for a varchar as what a dump makes of it', () => {
    expect(isSameDefinition(fresh, restored)).toBe(true)
    expect(isSameDefinition(restored, fresh)).toBe(true)
    expect(isSameDefinition(null, null)).toBe(true)
  })

  it.each([
    ['a value', restored.replace('OPEN', 'open')],
    ['a value less', restored.replace(`, ('it''s, paid'::character varying)::text`, '')],
    ['an operator', restored.replace('<> ALL', '= ANY')],
    ['nothing at all', null],
  ])('tells %s apart', (_, other) => {
    expect(isSameDefinition(fresh, other)).toBe(false)
  })
})
