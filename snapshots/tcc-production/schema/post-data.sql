ALTER TABLE public._prisma_migrations ADD CONSTRAINT _prisma_migrations_pkey PRIMARY KEY (id);

ALTER TABLE public.center_users ADD CONSTRAINT center_users_pkey PRIMARY KEY (id);

ALTER TABLE public.ems_agencies ADD CONSTRAINT ems_agencies_pkey PRIMARY KEY (id);

ALTER TABLE public.facilities ADD CONSTRAINT facilities_pkey PRIMARY KEY (id);

ALTER TABLE public.hospitals ADD CONSTRAINT hospitals_pkey PRIMARY KEY (id);

ALTER TABLE public.system_analytics ADD CONSTRAINT system_analytics_pkey PRIMARY KEY (id);

ALTER TABLE public.trips ADD CONSTRAINT trips_pkey PRIMARY KEY (id);

ALTER TABLE public.units ADD CONSTRAINT units_pkey PRIMARY KEY (id);

CREATE UNIQUE INDEX "trips_tripNumber_key" ON public.trips USING btree ("tripNumber");

CREATE UNIQUE INDEX center_users_email_key ON public.center_users USING btree (email);

ALTER TABLE public.units ADD CONSTRAINT "units_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES public.ems_agencies(id) ON UPDATE CASCADE ON DELETE CASCADE;
