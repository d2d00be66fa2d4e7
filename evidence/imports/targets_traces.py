"""What a file of trace results may bring: our own fields. The columns of the tracing center's exports are not public;
headers are known by names that are met in tables of recovered guns, and a person says what the others mean.
"""

# field: (label, shape, headers as in targets.py)
TRACE_FIELDS = {
    "trace_number": (
        "Trace number", "text", "trace_number trace_no trace_num trace_id ntc_number ntc_trace_number trace",
    ),
    "status": ("How far it came", "outcome", "trace_status status completion_status result trace_result disposition"),
    "reason": ("Why it stopped short", "reason", "reason close_reason closing_reason incomplete_reason status_reason"),
    "completed_on": ("Completed on", "date", "completed_on completion_date date_completed trace_completed close_date"),
    "serial": (
        "Serial number", "text",
        "serial serial_number serial_no serialno serial_masked weapon_serial firearm_serial gun_serial serial_raw",
    ),
    "make": ("Make", "text", "make manufacturer manufacturer_name weapon_make firearm_make gun_make mfg mfr brand"),
    "recovered_on": (
        "Recovered on", "date", "recovery_date recovered_on date_recovered date_of_recovery crime_date recovered_date",
    ),
    "purchased_on": (
        "First sold on", "date",
        "purchase_date purchased_on sale_date date_of_purchase date_purchased retail_date date_of_sale sold_on "
        "purchase_date_raw",
    ),
    "days": (
        "Days to crime", "days",
        "time_to_recovery_raw time_to_crime ttc ttr time_to_recovery days_to_crime time_to_crime_days days_to_recovery "
        "ttc_days",
    ),
    "dealer_name": ("Dealer", "text", "dealer_name dealer ffl_name licensee licensee_name retailer retail_dealer"),
    "dealer_license": (
        "Dealer's license", "text",
        "dealer_license ffl ffl_number license_number license_no licence_number rds_key dealer_id dealer_ffl ffl_no",
    ),
    "dealer_city": ("Dealer's city", "text", "dealer_city ffl_city licensee_city retail_city"),
    "dealer_state": ("Dealer's state", "text", "dealer_state ffl_state licensee_state retail_state"),
    "purchaser_name": (
        "Purchaser", "text", "purchaser_name purchaser buyer buyer_name purchaser_full_name first_purchaser",
    ),
    "purchaser_born_on": (
        "Purchaser's date of birth", "birth",
        "purchaser_born_on purchaser_dob purchaser_date_of_birth buyer_dob purchaser_birth_date dob date_of_birth",
    ),
    "purchaser_id_kind": (
        "Purchaser's ID", "text", "purchaser_id_kind purchaser_id_type id_type purchaser_id buyer_id_type",
    ),
    "is_multiple_sale": ("Multiple sale", "flag", "multiple_sale is_multiple_sale multiple_sales multi_sale ms"),
    "theft": ("Theft record", "theft", "theft theft_record ffl_theft theft_loss stolen theft_status"),
    "remarks": ("Remarks", "text", "remarks comments notes trace_remarks comment note"),
}  # fmt: skip
NEEDED = (("trace_number", "serial"),)
