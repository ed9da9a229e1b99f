-- Production as it was found: primary keys, indexes, and only then foreign keys.

ALTER TABLE ONLY public."_prisma_migrations"
    ADD CONSTRAINT "_prisma_migrations_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public.agencies
    ADD CONSTRAINT agencies_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.center_users
    ADD CONSTRAINT center_users_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cost_centers
    ADD CONSTRAINT cost_centers_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.dropdown_categories
    ADD CONSTRAINT dropdown_categories_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.dropdown_category_defaults
    ADD CONSTRAINT dropdown_category_defaults_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.dropdown_options
    ADD CONSTRAINT dropdown_options_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ems_agencies
    ADD CONSTRAINT ems_agencies_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.ems_users
    ADD CONSTRAINT ems_users_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.facilities
    ADD CONSTRAINT facilities_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.healthcare_agency_preferences
    ADD CONSTRAINT healthcare_agency_preferences_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.healthcare_destinations
    ADD CONSTRAINT healthcare_destinations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.healthcare_locations
    ADD CONSTRAINT healthcare_locations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.healthcare_users
    ADD CONSTRAINT healthcare_users_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.hospitals
    ADD CONSTRAINT hospitals_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.pickup_locations
    ADD CONSTRAINT pickup_locations_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.route_optimization_settings
    ADD CONSTRAINT route_optimization_settings_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.system_analytics
    ADD CONSTRAINT system_analytics_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.transport_requests
    ADD CONSTRAINT transport_requests_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.trip_cost_breakdowns
    ADD CONSTRAINT trip_cost_breakdowns_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.trips
    ADD CONSTRAINT trips_pkey PRIMARY KEY (id);

CREATE UNIQUE INDEX center_users_email_key ON public.center_users USING btree (email);

CREATE INDEX "center_users_isDeleted_idx" ON public.center_users USING btree ("isDeleted");

CREATE UNIQUE INDEX cost_centers_code_key ON public.cost_centers USING btree (code);

CREATE UNIQUE INDEX dropdown_categories_slug_key ON public.dropdown_categories USING btree (slug);

CREATE UNIQUE INDEX dropdown_category_defaults_category_key ON public.dropdown_category_defaults USING btree (category);

CREATE UNIQUE INDEX "dropdown_category_defaults_optionId_key" ON public.dropdown_category_defaults USING btree ("optionId");

CREATE UNIQUE INDEX dropdown_options_category_value_key ON public.dropdown_options USING btree (category, value);

CREATE UNIQUE INDEX ems_users_email_key ON public.ems_users USING btree (email);

CREATE INDEX "ems_users_isDeleted_idx" ON public.ems_users USING btree ("isDeleted");

CREATE INDEX "healthcare_agency_preferences_agencyId_idx" ON public.healthcare_agency_preferences USING btree ("agencyId");

CREATE UNIQUE INDEX "healthcare_agency_preferences_healthcareUserId_agencyId_key" ON public.healthcare_agency_preferences USING btree ("healthcareUserId", "agencyId");

CREATE INDEX "healthcare_agency_preferences_healthcareUserId_idx" ON public.healthcare_agency_preferences USING btree ("healthcareUserId");

CREATE INDEX healthcare_destinations_healthcare_user_id_idx ON public.healthcare_destinations USING btree (healthcare_user_id);

CREATE INDEX healthcare_destinations_is_active_idx ON public.healthcare_destinations USING btree (is_active);

CREATE INDEX "healthcare_locations_healthcareUserId_idx" ON public.healthcare_locations USING btree ("healthcareUserId");

CREATE INDEX "healthcare_locations_isActive_idx" ON public.healthcare_locations USING btree ("isActive");

CREATE UNIQUE INDEX healthcare_users_email_key ON public.healthcare_users USING btree (email);

CREATE INDEX "healthcare_users_isDeleted_idx" ON public.healthcare_users USING btree ("isDeleted");

CREATE INDEX "route_optimization_settings_agencyId_idx" ON public.route_optimization_settings USING btree ("agencyId");

CREATE INDEX "route_optimization_settings_isActive_idx" ON public.route_optimization_settings USING btree ("isActive");

CREATE INDEX "transport_requests_fromLocationId_idx" ON public.transport_requests USING btree ("fromLocationId");

CREATE INDEX "transport_requests_isMultiLocationFacility_idx" ON public.transport_requests USING btree ("isMultiLocationFacility");

CREATE UNIQUE INDEX "transport_requests_tripNumber_key" ON public.transport_requests USING btree ("tripNumber");

CREATE UNIQUE INDEX "trips_tripNumber_key" ON public.trips USING btree ("tripNumber");

ALTER TABLE ONLY public.dropdown_category_defaults
    ADD CONSTRAINT "dropdown_category_defaults_optionId_fkey" FOREIGN KEY ("optionId") REFERENCES public.dropdown_options(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.dropdown_options
    ADD CONSTRAINT "dropdown_options_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES public.dropdown_categories(id) ON UPDATE CASCADE ON DELETE SET NULL;

ALTER TABLE ONLY public.ems_users
    ADD CONSTRAINT "ems_users_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES public.ems_agencies(id) ON UPDATE CASCADE ON DELETE SET NULL;

ALTER TABLE ONLY public.ems_users
    ADD CONSTRAINT "ems_users_parentUserId_fkey" FOREIGN KEY ("parentUserId") REFERENCES public.ems_users(id) ON UPDATE CASCADE ON DELETE SET NULL;

ALTER TABLE ONLY public.healthcare_agency_preferences
    ADD CONSTRAINT "healthcare_agency_preferences_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES public.ems_agencies(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.healthcare_agency_preferences
    ADD CONSTRAINT "healthcare_agency_preferences_healthcareUserId_fkey" FOREIGN KEY ("healthcareUserId") REFERENCES public.healthcare_users(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.healthcare_destinations
    ADD CONSTRAINT healthcare_destinations_healthcare_user_id_fkey FOREIGN KEY (healthcare_user_id) REFERENCES public.healthcare_users(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.healthcare_locations
    ADD CONSTRAINT "healthcare_locations_healthcareUserId_fkey" FOREIGN KEY ("healthcareUserId") REFERENCES public.healthcare_users(id) ON UPDATE CASCADE ON DELETE CASCADE;

ALTER TABLE ONLY public.healthcare_users
    ADD CONSTRAINT "healthcare_users_parentUserId_fkey" FOREIGN KEY ("parentUserId") REFERENCES public.healthcare_users(id) ON UPDATE CASCADE ON DELETE SET NULL;

ALTER TABLE ONLY public.transport_requests
    ADD CONSTRAINT "transport_requests_fromLocationId_fkey" FOREIGN KEY ("fromLocationId") REFERENCES public.healthcare_locations(id) ON UPDATE CASCADE ON DELETE SET NULL;

ALTER TABLE ONLY public.transport_requests
    ADD CONSTRAINT "transport_requests_pickupLocationId_fkey" FOREIGN KEY ("pickupLocationId") REFERENCES public.pickup_locations(id) ON UPDATE CASCADE ON DELETE SET NULL;
