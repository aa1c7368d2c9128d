("{{ name }}", {{ status }}, json!({{ answer }}))
