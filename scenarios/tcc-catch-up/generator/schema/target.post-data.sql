-- The complete schema: primary keys, indexes, and only then foreign keys.

ALTER TABLE ONLY public."_prisma_migrations"
    ADD CONSTRAINT "_prisma_migrations_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."agency_responses"
    ADD CONSTRAINT "agency_responses_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."backhaul_opportunities"
    ADD CONSTRAINT "backhaul_opportunities_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."center_users"
    ADD CONSTRAINT "center_users_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."cost_centers"
    ADD CONSTRAINT "cost_centers_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."dropdown_categories"
    ADD CONSTRAINT "dropdown_categories_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."dropdown_category_defaults"
    ADD CONSTRAINT "dropdown_category_defaults_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."dropdown_options"
    ADD CONSTRAINT "dropdown_options_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."ems_agencies"
    ADD CONSTRAINT "ems_agencies_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."ems_users"
    ADD CONSTRAINT "ems_users_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."facilities"
    ADD CONSTRAINT "facilities_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."healthcare_agency_preferences"
    ADD CONSTRAINT "healthcare_agency_preferences_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."healthcare_destinations"
    ADD CONSTRAINT "healthcare_destinations_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."healthcare_locations"
    ADD CONSTRAINT "healthcare_locations_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."healthcare_users"
    ADD CONSTRAINT "healthcare_users_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."hospitals"
    ADD CONSTRAINT "hospitals_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."notification_logs"
    ADD CONSTRAINT "notification_logs_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."notification_preferences"
    ADD CONSTRAINT "notification_preferences_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."pickup_locations"
    ADD CONSTRAINT "pickup_locations_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."pricing_models"
    ADD CONSTRAINT "pricing_models_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."route_optimization_settings"
    ADD CONSTRAINT "route_optimization_settings_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."system_analytics"
    ADD CONSTRAINT "system_analytics_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."transport_requests"
    ADD CONSTRAINT "transport_requests_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."trip_cost_breakdowns"
    ADD CONSTRAINT "trip_cost_breakdowns_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."trips"
    ADD CONSTRAINT "trips_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."unit_analytics"
    ADD CONSTRAINT "unit_analytics_pkey" PRIMARY KEY ("id");

ALTER TABLE ONLY public."units"
    ADD CONSTRAINT "units_pkey" PRIMARY KEY ("id");

CREATE INDEX "center_users_isDeleted_idx" ON public."center_users"("isDeleted");

CREATE INDEX "center_users_lastActivity_idx" ON public."center_users"("lastActivity");

CREATE INDEX "center_users_lastLogin_idx" ON public."center_users"("lastLogin");

CREATE INDEX "ems_users_isDeleted_idx" ON public."ems_users"("isDeleted");

CREATE INDEX "ems_users_lastActivity_idx" ON public."ems_users"("lastActivity");

CREATE INDEX "ems_users_lastLogin_idx" ON public."ems_users"("lastLogin");

CREATE INDEX "healthcare_agency_preferences_agencyId_idx" ON public."healthcare_agency_preferences"("agencyId");

CREATE INDEX "healthcare_agency_preferences_healthcareUserId_idx" ON public."healthcare_agency_preferences"("healthcareUserId");

CREATE INDEX "healthcare_destinations_healthcareUserId_idx" ON public."healthcare_destinations"("healthcareUserId");

CREATE INDEX "healthcare_destinations_isActive_idx" ON public."healthcare_destinations"("isActive");

CREATE INDEX "healthcare_locations_healthcareUserId_idx" ON public."healthcare_locations"("healthcareUserId");

CREATE INDEX "healthcare_locations_isActive_idx" ON public."healthcare_locations"("isActive");

CREATE INDEX "healthcare_users_isDeleted_idx" ON public."healthcare_users"("isDeleted");

CREATE INDEX "healthcare_users_lastActivity_idx" ON public."healthcare_users"("lastActivity");

CREATE INDEX "healthcare_users_lastLogin_idx" ON public."healthcare_users"("lastLogin");

CREATE INDEX "transport_requests_fromLocationId_idx" ON public."transport_requests"("fromLocationId");

CREATE INDEX "transport_requests_isMultiLocationFacility_idx" ON public."transport_requests"("isMultiLocationFacility");

CREATE UNIQUE INDEX "center_users_email_key" ON public."center_users"("email");

CREATE UNIQUE INDEX "cost_centers_code_key" ON public."cost_centers"("code");

CREATE UNIQUE INDEX "dropdown_categories_slug_key" ON public."dropdown_categories"("slug");

CREATE UNIQUE INDEX "dropdown_category_defaults_category_key" ON public."dropdown_category_defaults"("category");

CREATE UNIQUE INDEX "dropdown_category_defaults_optionId_key" ON public."dropdown_category_defaults"("optionId");

CREATE UNIQUE INDEX "dropdown_options_category_value_key" ON public."dropdown_options"("category", "value");

CREATE UNIQUE INDEX "ems_users_email_key" ON public."ems_users"("email");

CREATE UNIQUE INDEX "healthcare_agency_preferences_healthcareUserId_agencyId_key" ON public."healthcare_agency_preferences"("healthcareUserId", "agencyId");

CREATE UNIQUE INDEX "healthcare_users_email_key" ON public."healthcare_users"("email");

CREATE UNIQUE INDEX "notification_preferences_userId_notificationType_key" ON public."notification_preferences"("userId", "notificationType");

CREATE UNIQUE INDEX "transport_requests_tripNumber_key" ON public."transport_requests"("tripNumber");

CREATE UNIQUE INDEX "trips_tripNumber_key" ON public."trips"("tripNumber");

CREATE UNIQUE INDEX "unit_analytics_unitId_key" ON public."unit_analytics"("unitId");

CREATE UNIQUE INDEX "units_agencyId_unitNumber_key" ON public."units"("agencyId", "unitNumber");

ALTER TABLE ONLY public."agency_responses"
    ADD CONSTRAINT "agency_responses_assignedUnitId_fkey" FOREIGN KEY ("assignedUnitId") REFERENCES public."units"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE ONLY public."agency_responses"
    ADD CONSTRAINT "agency_responses_tripId_fkey" FOREIGN KEY ("tripId") REFERENCES public."transport_requests"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE ONLY public."dropdown_category_defaults"
    ADD CONSTRAINT "dropdown_category_defaults_optionId_fkey" FOREIGN KEY ("optionId") REFERENCES public."dropdown_options"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE ONLY public."dropdown_options"
    ADD CONSTRAINT "dropdown_options_categoryId_fkey" FOREIGN KEY ("categoryId") REFERENCES public."dropdown_categories"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE ONLY public."ems_users"
    ADD CONSTRAINT "ems_users_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES public."ems_agencies"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE ONLY public."ems_users"
    ADD CONSTRAINT "ems_users_parentUserId_fkey" FOREIGN KEY ("parentUserId") REFERENCES public."ems_users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE ONLY public."healthcare_agency_preferences"
    ADD CONSTRAINT "healthcare_agency_preferences_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES public."ems_agencies"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE ONLY public."healthcare_agency_preferences"
    ADD CONSTRAINT "healthcare_agency_preferences_healthcareUserId_fkey" FOREIGN KEY ("healthcareUserId") REFERENCES public."healthcare_users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE ONLY public."healthcare_destinations"
    ADD CONSTRAINT "healthcare_destinations_healthcareUserId_fkey" FOREIGN KEY ("healthcareUserId") REFERENCES public."healthcare_users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE ONLY public."healthcare_locations"
    ADD CONSTRAINT "healthcare_locations_healthcareUserId_fkey" FOREIGN KEY ("healthcareUserId") REFERENCES public."healthcare_users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE ONLY public."healthcare_users"
    ADD CONSTRAINT "healthcare_users_parentUserId_fkey" FOREIGN KEY ("parentUserId") REFERENCES public."healthcare_users"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE ONLY public."notification_logs"
    ADD CONSTRAINT "notification_logs_userId_fkey" FOREIGN KEY ("userId") REFERENCES public."center_users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE ONLY public."notification_preferences"
    ADD CONSTRAINT "notification_preferences_userId_fkey" FOREIGN KEY ("userId") REFERENCES public."center_users"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE ONLY public."transport_requests"
    ADD CONSTRAINT "transport_requests_assignedUnitId_fkey" FOREIGN KEY ("assignedUnitId") REFERENCES public."units"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE ONLY public."transport_requests"
    ADD CONSTRAINT "transport_requests_destinationFacilityId_fkey" FOREIGN KEY ("destinationFacilityId") REFERENCES public."facilities"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE ONLY public."transport_requests"
    ADD CONSTRAINT "transport_requests_fromLocationId_fkey" FOREIGN KEY ("fromLocationId") REFERENCES public."healthcare_locations"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE ONLY public."transport_requests"
    ADD CONSTRAINT "transport_requests_originFacilityId_fkey" FOREIGN KEY ("originFacilityId") REFERENCES public."facilities"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE ONLY public."transport_requests"
    ADD CONSTRAINT "transport_requests_pickupLocationId_fkey" FOREIGN KEY ("pickupLocationId") REFERENCES public."pickup_locations"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE ONLY public."trips"
    ADD CONSTRAINT "trips_pickupLocationId_fkey" FOREIGN KEY ("pickupLocationId") REFERENCES public."pickup_locations"("id") ON DELETE SET NULL ON UPDATE CASCADE;

ALTER TABLE ONLY public."unit_analytics"
    ADD CONSTRAINT "unit_analytics_unitId_fkey" FOREIGN KEY ("unitId") REFERENCES public."units"("id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE ONLY public."units"
    ADD CONSTRAINT "units_agencyId_fkey" FOREIGN KEY ("agencyId") REFERENCES public."ems_agencies"("id") ON DELETE CASCADE ON UPDATE CASCADE;
