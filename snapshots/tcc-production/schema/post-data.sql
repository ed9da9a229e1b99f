-- Production on 6 January 2026: primary keys, indexes, and only then foreign keys.

ALTER TABLE ONLY public."_prisma_migrations"
    ADD CONSTRAINT "_prisma_migrations_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."center_users"
    ADD CONSTRAINT "center_users_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."ems_agencies"
    ADD CONSTRAINT "ems_agencies_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."facilities"
    ADD CONSTRAINT "facilities_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."hospitals"
    ADD CONSTRAINT "hospitals_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."system_analytics"
    ADD CONSTRAINT "system_analytics_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."trips"
    ADD CONSTRAINT "trips_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."units"
    ADD CONSTRAINT "units_pkey" PRIMARY KEY ("id");

CREATE UNIQUE INDEX "center_users_email_key" ON public."center_users"("email");

CREATE UNIQUE INDEX "trips_tripNumber_key" ON public."trips"("tripNumber");

ALTER TABLE ONLY public."units"
    ADD CONSTRAINT "units_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES public."ems_agencies"("id") ON DELETE CASCADE ON UPDATE CASCADE;
