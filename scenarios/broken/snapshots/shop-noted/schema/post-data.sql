ALTER TABLE ONLY public.customers ADD CONSTRAINT customers_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public.orders ADD CONSTRAINT orders_pkey PRIMARY KEY (id);
ALTER TABLE ONLY public._prisma_migrations ADD CONSTRAINT _prisma_migrations_pkey PRIMARY KEY (id);
CREATE UNIQUE INDEX customers_email_key ON public.customers USING btree (email);
CREATE INDEX "orders_customerId_idx" ON public.orders USING btree ("customerId");
ALTER TABLE ONLY public.orders ADD CONSTRAINT "orders_customerId_fkey"
    FOREIGN KEY ("customerId") REFERENCES public.customers(id) ON UPDATE CASCADE ON DELETE RESTRICT;
ALTER TABLE public.orders ADD COLUMN "giftNote" text NOT NULL DEFAULT '';
