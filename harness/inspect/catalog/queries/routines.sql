-- Owners of functions, and aggregates, which pg_get_functiondef cannot print.
SELECT f.kind, f.name, 'owner', pg_get_userbyid(f.proowner)::text, 'environment' FROM routine f
UNION ALL
SELECT f.kind, f.name, 'definition',
       concat_ws(', ', format_type(p.prorettype, NULL), 'transition ' || a.aggtransfn::text, 'state ' || format_type(a.aggtranstype, NULL),
         'initial ' || a.agginitval, 'final ' || nullif(a.aggfinalfn, 0)::text, 'combine ' || nullif(a.aggcombinefn, 0)::text,
         'serial ' || nullif(a.aggserialfn, 0)::text, 'deserial ' || nullif(a.aggdeserialfn, 0)::text,
         'moving ' || nullif(a.aggmtransfn, 0)::text, 'inverse ' || nullif(a.aggminvtransfn, 0)::text, 'moving final ' || nullif(a.aggmfinalfn, 0)::text,
         'moving initial ' || a.aggminitval, 'sort ' || nullif(a.aggsortop, 0)::regoperator::text, 'kind ' || a.aggkind::text,
         'direct arguments ' || nullif(a.aggnumdirectargs, 0), 'parallel ' || p.proparallel::text, 'volatility ' || p.provolatile::text,
         'final modifies ' || a.aggfinalmodify::text), 'behaviour'
FROM routine f JOIN pg_proc p ON p.oid = f.oid JOIN pg_aggregate a ON a.aggfnoid = f.oid
