-- The waiting stands for a report over all orders.
SELECT pg_sleep(0.4);
