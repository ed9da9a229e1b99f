/** A database of every built-in type and awkward values, for tests: what a snapshot must carry without a change. */
export const AWKWARD_SCHEMA = `
CREATE SCHEMA "Second Space";
CREATE TYPE "Second Space"."Mood" AS ENUM ('so so', 'it''s fine', 'ÄRGER');
CREATE TYPE public.pair AS (first text, second integer);
CREATE DOMAIN public.short_code AS varchar(8) CHECK (VALUE ~ '^[A-Z]');
CREATE TYPE public.floatrange AS RANGE (SUBTYPE = double precision);
CREATE FUNCTION public.double(n integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT n * 2';
CREATE FUNCTION public.stamp() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  -- a comment; with a semicolon
  NEW."touched" := coalesce(NEW."touched", 0) + 1;
  RETURN NEW;
END
$body$;
CREATE SEQUENCE "Second Space".ticket_number START WITH 100 INCREMENT BY 5;
CREATE TABLE "Second Space"."Odd ""Table""" (
  "Id" bigint GENERATED ALWAYS AS IDENTITY (START WITH 7) PRIMARY KEY,
  "small" smallint, "int" integer DEFAULT public.double(21), "big" bigint, "num" numeric, "num52" numeric(5,2),
  "real" real, "double" double precision, "money" money, "bool" boolean,
  "char" char(5), "varchar" varchar(10), "text" text COLLATE "C", "name" name, "bytea" bytea,
  "date" date, "time" time, "timetz" timetz, "ts" timestamp, "tsz" timestamptz, "interval" interval,
  "uuid" uuid, "json" json, "jsonb" jsonb, "xml" xml, "inet" inet, "cidr" cidr, "mac" macaddr, "mac8" macaddr8,
  "bit" bit(4), "varbit" bit varying, "point" point, "line" line, "lseg" lseg, "box" box, "path" path, "polygon" polygon,
  "circle" circle, "tsvector" tsvector, "tsquery" tsquery, "lsn" pg_lsn, "oid" oid,
  "int4range" int4range, "tstzrange" tstzrange, "nummultirange" nummultirange, "custom" public.floatrange,
  "mood" "Second Space"."Mood", "pair" public.pair, "code" public.short_code, "ticket" bigint DEFAULT nextval('"Second Space".ticket_number'),
  "ints" integer[], "texts" text[], "grid" integer[][], "moods" "Second Space"."Mood"[], "pairs" public.pair[], "jsons" jsonb[],
  "touched" integer, "Doubled" integer GENERATED ALWAYS AS ("int" * 2) STORED,
  CONSTRAINT "bool or not" CHECK ("bool" OR NOT "bool")
);
COMMENT ON TABLE "Second Space"."Odd ""Table""" IS 'it''s odd';
COMMENT ON COLUMN "Second Space"."Odd ""Table"""."text" IS E'two\\nlines';
ALTER SEQUENCE "Second Space".ticket_number OWNED BY "Second Space"."Odd ""Table"""."ticket";
CREATE UNIQUE INDEX "lower text" ON "Second Space"."Odd ""Table""" (lower("text")) WHERE "bool";
CREATE TRIGGER stamp BEFORE UPDATE ON "Second Space"."Odd ""Table""" FOR EACH ROW EXECUTE FUNCTION public.stamp();
CREATE TABLE public.part (id integer, at date NOT NULL, note text, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
CREATE TABLE public.part_2024 PARTITION OF public.part FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
CREATE TABLE public.part_rest PARTITION OF public.part DEFAULT;
CREATE INDEX part_note ON public.part (note);
CREATE TABLE public.tree (id integer PRIMARY KEY, parent integer REFERENCES public.tree, odd bigint REFERENCES "Second Space"."Odd ""Table""");
CREATE TABLE public.keyless (a text, b integer);
CREATE TABLE public."none" ();
CREATE VIEW public.leaves AS SELECT id FROM public.tree WHERE parent IS NOT NULL;
CREATE MATERIALIZED VIEW public.counted AS SELECT count(*) AS n FROM public.leaves;
CREATE UNIQUE INDEX counted_n ON public.counted (n);
CREATE VIEW public.between AS SELECT n FROM public.counted;
CREATE MATERIALIZED VIEW public.a_first_by_name AS SELECT n + 1 AS n FROM public.between;
`

export const AWKWARD_ROWS = `
INSERT INTO "Second Space"."Odd ""Table""" ("small", "int", "big", "num", "num52", "real", "double", "money", "bool", "char", "varchar", "text",
  "name", "bytea", "date", "time", "timetz", "ts", "tsz", "interval", "uuid", "json", "jsonb", "xml", "inet", "cidr", "mac", "mac8", "bit", "varbit",
  "point", "line", "lseg", "box", "path", "polygon", "circle", "tsvector", "tsquery", "lsn", "oid", "int4range", "tstzrange", "nummultirange", "custom",
  "mood", "pair", "code", "ints", "texts", "grid", "moods", "pairs", "jsons") VALUES
 (-32768, -1073741824, -9223372036854775808, 'NaN', 999.99, 'NaN', 'Infinity', '-$1,234.56', true, 'a b', E'tab\\there', E'line\\nfeed \\\\ back\\\\slash \\r return',
  'a name', '\\x00ff0a5c', 'infinity', '24:00:00', '23:59:59.999999+15:59', '-infinity', '4713-01-01 00:00:00+00 BC', '1 year -2 mons 3 days 04:05:06.7',
  'A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11', E'{"b":1,\\n  "a" : [1.0, "\\\\u00e9\\\\n"], "a":null}', '{"n": 12345678901234567890.10, "t": "\\ttab \\"q\\" \\\\ é 🚑", "e": {}, "l": [[], [null]]}', '<a b="c">&lt;</a>',
  '::ffff:1.2.3.4/120', '10.0.0.0/8', '08:00:2b:01:02:03', '08:00:2b:01:02:03:04:05', '1010', '', '(1.5,-2.5)', '{1,2,3}', '[(0,0),(1,1)]', '((1,1),(0,0))',
  '[(0,0),(1,1)]', '((0,0),(1,1),(1,0))', '<(0,0),5>', $$'it''s' a:1A cat:2,3$$, '''a'' & !b', '16/B374D848', 4294967295, '[1,10)', '["2024-01-01 00:00:00+00",)',
  '{[1,2),[5.5,7]}', '[1.5,2.5]', 'it''s fine', ROW(E'a"b\\\\,c\\n', NULL), 'ABC', '{}', ARRAY['', NULL, 'NULL', 'null', 'a,b', 'c"d', E'e\\\\f', '{g}', E'h\\ti', 'é🚑'],
  '[0:1][2:3]={{1,2},{3,NULL}}', ARRAY['so so','ÄRGER']::"Second Space"."Mood"[], ARRAY[ROW('x,y',1), ROW(NULL,NULL)]::public.pair[], ARRAY['{"a": [1, "b,c"]}', 'null']::jsonb[]),
 (NULL, DEFAULT, NULL, 'Infinity', NULL, '-0', 'NaN', NULL, NULL, '', '', '', NULL, '', '0001-01-01', '00:00', NULL, '294276-12-31 23:59:59.999999', 'infinity', '-178000000 years', NULL, 'null', '"scalar"', NULL, NULL, NULL, NULL, NULL,
  NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '', '', NULL, NULL, 'empty', '(,)', '{}', NULL, NULL, NULL, NULL, NULL, '{NULL}', '{}', '{}', '{}', '{}');
INSERT INTO "Second Space"."Odd ""Table""" ("text", "bool") SELECT E'\\\\N', false FROM generate_series(1, 3);
INSERT INTO "Second Space"."Odd ""Table""" ("text", "bool") VALUES (E'\\\\.', NULL), (E'\\b\\f\\v\\x01', NULL);
INSERT INTO public.part SELECT n, '2023-12-30'::date + n, 'note ' || n FROM generate_series(1, 10) AS n;
INSERT INTO public.tree VALUES (1, NULL, 7), (2, 1, 8), (3, 3, NULL);
INSERT INTO public.keyless VALUES ('b', 1), ('a', 2), (NULL, NULL), ('b', 1);
INSERT INTO public."none" DEFAULT VALUES;
REFRESH MATERIALIZED VIEW public.counted;
REFRESH MATERIALIZED VIEW public.a_first_by_name;
`
